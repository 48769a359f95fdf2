using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.AppHost.Redis;

namespace DqnAspire.AppHost;

/// <summary>Finds what is wrong with the options before anything is started.</summary>
internal static class StartUpChecks
{
    /// <summary>One line on the first problem; null when there is none.</summary>
    public static string? FirstProblem(AppHostOptions options)
    {
        try
        {
            PresetCatalog.Resolve(options.Preset, options.Settings.Select(SettingsEditor.Parse));
            if (options.RunDirectory is { } directory)
            {
                RunDirectory.RequireUsable(Path.GetFullPath(directory));
            }
            else
            {
                RunDirectory.RequireWritable(Path.GetFullPath("runs"));
            }

            return options.Redis is "" && LocalRedis.Find() is null ? LocalRedis.MissingMessage : null;
        }
        catch (Exception e) when (e is UnknownPresetException or SettingException or RunDirectoryException)
        {
            return e.Message;
        }
    }
}
