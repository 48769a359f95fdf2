using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.AppHost.Redis;

namespace DqnAspire.AppHost;

/// <summary>Finds what is wrong with the options before anything is started.</summary>
internal static class StartUpChecks
{
    /// <summary>What is to be run.</summary>
    /// <param name="options">The options.</param>
    /// <param name="problem">One line on the first problem; null when there is none.</param>
    /// <returns>Null when there is a problem.</returns>
    public static RunPlan? Plan(AppHostOptions options, out string? problem)
    {
        problem = null;
        try
        {
            problem = options.Redis is "" && LocalRedis.Find() is null ? LocalRedis.MissingMessage : null;
            return problem is null ? RunPlan.Make(options) : null;
        }
        catch (Exception e) when (e is UnknownPresetException or SettingException or RunDirectoryException)
        {
            problem = e.Message;
            return null;
        }
    }
}
