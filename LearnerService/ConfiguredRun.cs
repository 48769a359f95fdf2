using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;
using Microsoft.Extensions.Options;

namespace DqnAspire.LearnerService;

/// <summary>
/// Starts the run that configuration asks for, resumes it, or shows how it ended; and lets a run that is in progress
/// write its files at shutdown.
/// </summary>
internal sealed class ConfiguredRun(
    SessionManager runs, IOptions<LearnerOptions> options, IHostApplicationLifetime lifetime)
    : IHostedService
{
    /// <inheritdoc/>
    /// <exception cref="UnknownPresetException">This version has no such preset.</exception>
    /// <exception cref="SettingException">A setting is unknown, out of range, or cannot be changed now.</exception>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server waits for its streams, which end with the run.
        lifetime.ApplicationStopping.Register(() => runs.Current?.RequestStop(withProcess: true));
        // A wrong preset, setting or folder stops the service here with its one-line message.
        StartConfigured(options.Value);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (runs.Current is { } run)
        {
            run.RequestStop(withProcess: true);
            await run.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void StartConfigured(LearnerOptions learner)
    {
        var changes = learner.Settings.Select(SettingsEditor.Parse);
        if (!learner.Resume || (learner.Preset.Length > 0 && !RunDirectory.IsRun(learner.RunDirectory)))
        {
            if (learner.Preset.Length > 0)
            {
                runs.Start(learner.Preset, changes, learner.RunDirectory, learner.RunId);
            }
        }
        else if (RunDirectory.ReadFile(learner.RunDirectory).CanResume)
        {
            // The other settings are those that it was started with.
            runs.Resume(
                learner.RunDirectory,
                changes.Where(c => RecordedSettings.Changeable.Contains(c.Key, StringComparer.OrdinalIgnoreCase)));
        }
        else
        {
            runs.ShowEnded(learner.RunDirectory);
        }
    }
}
