using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestrator;

/// <summary>What every resource that runs as a process has: telemetry names, and the commands start, stop and restart.</summary>
internal static class LifecycleCommands
{
    public static IResourceBuilder<T> WithProcessDefaults<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => builder
        .WithCommand(
            KnownResourceCommands.StartCommand,
            "Start",
            context => ExecuteAsync(context, orchestrator => orchestrator.StartResourceAsync(context.ResourceName, context.CancellationToken)),
            Options("Start resource", "Play", isHighlighted: true, state =>
                IsStopped(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled
                : state == KnownResourceStates.Starting ? ResourceCommandState.Disabled
                : ResourceCommandState.Hidden))
        .WithCommand(
            KnownResourceCommands.StopCommand,
            "Stop",
            context => ExecuteAsync(context, orchestrator => orchestrator.StopResourceAsync(context.ResourceName, context.CancellationToken)),
            Options("Stop resource", "Stop", isHighlighted: true, state =>
                state == KnownResourceStates.Running || state == KnownResourceStates.Starting ? ResourceCommandState.Enabled
                : state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
                : ResourceCommandState.Hidden))
        .WithCommand(
            KnownResourceCommands.RestartCommand,
            "Restart",
            context => ExecuteAsync(context, async orchestrator =>
            {
                await orchestrator.StopResourceAsync(context.ResourceName, context.CancellationToken).ConfigureAwait(false);
                await orchestrator.StartResourceAsync(context.ResourceName, context.CancellationToken).ConfigureAwait(false);
            }),
            Options("Restart resource", "ArrowCounterclockwise", isHighlighted: false, state =>
                state == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled));

    private static async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, Func<ApplicationOrchestrator, Task> action)
    {
        await action(context.ServiceProvider.GetRequiredService<ApplicationOrchestrator>()).ConfigureAwait(false);
        return CommandResults.Success();
    }

    private static CommandOptions Options(string description, string iconName, bool isHighlighted, Func<string?, ResourceCommandState> state) => new()
    {
        Description = description,
        IconName = iconName,
        IconVariant = IconVariant.Filled,
        IsHighlighted = isHighlighted,
        UpdateState = context => state(context.ResourceSnapshot.State?.Text),
    };

    private static bool IsStopped(string? state) => state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);
}
