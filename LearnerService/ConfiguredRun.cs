namespace DqnAspire.LearnerService;

/// <summary>Starts the run that configuration asks for, and lets a run that is going on write its files at shutdown.</summary>
internal sealed class ConfiguredRun(RunManager runs, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server waits for its streams, which end with the run.
        lifetime.ApplicationStopping.Register(runs.StopWithService);
        // A wrong preset, setting or folder stops the service here with its one-line message.
        runs.StartConfigured();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (runs.Current is { } run)
        {
            run.RequestStop(withService: true);
            await run.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
