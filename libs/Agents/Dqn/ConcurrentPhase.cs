using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// Acts beside updates (Daley and Amato 2021): with its own copy of the weights, and steps that are kept back until the
/// phase ends, so that nothing depends on timing.
/// </summary>
/// <param name="network">Takes the copy; it only acts.</param>
/// <param name="environment">What is played.</param>
internal sealed class ConcurrentPhase(IQNetwork network, EnvironmentInfo environment) : IDisposable
{
    private readonly StagedSteps _steps = new(environment.ObservationSpace.ByteCount);

    /// <summary>Runs a phase.</summary>
    /// <param name="actor">Acts.</param>
    /// <param name="weights">The network whose weights choose the actions.</param>
    /// <param name="iterations">Steps in every lane.</param>
    /// <param name="epsilon">Probability of a random action.</param>
    /// <param name="update">Does the updates of the phase, on another thread.</param>
    /// <param name="sink">Receives the steps when both have ended.</param>
    /// <param name="cancellationToken">Ends acting.</param>
    public async Task RunAsync(
        Actor actor, IQNetwork weights, int iterations, double epsilon, Func<Task> update, IStepSink sink,
        CancellationToken cancellationToken)
    {
        network.CopyWeightsFrom(weights);
        var updating = Task.Run(update, cancellationToken);
        try
        {
            for (var i = 0; i < iterations; i++)
            {
                await actor.StepAsync(network, epsilon, _steps, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await updating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await updating.ConfigureAwait(false);
        await _steps.MoveToAsync(sink, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
