using DqnAspire.Agents.Settings;
using Microsoft.Extensions.Options;

namespace DqnAspire.LearnerService;

/// <summary>Starts the run that configuration asks for, and lets a run that is going on write its files at shutdown.</summary>
internal sealed class ConfiguredRun(RunManager runs, IOptions<LearnerOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var learner = options.Value;
        if (learner.Preset.Length > 0)
        {
            // A wrong preset, setting or folder stops the service here with its one-line message.
            runs.Start(learner.Preset, learner.Settings.Select(SettingsEditor.Parse), learner.RunDirectory);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (runs.Current is { } run)
        {
            run.RequestStop();
            await run.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
