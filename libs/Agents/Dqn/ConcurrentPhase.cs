using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>The acting side of a concurrent phase: its own copy of the weights, and its steps until the phase ends.</summary>
internal sealed class ConcurrentPhase : IDisposable
{
    private readonly DqnLearner _learner;
    private readonly IQNetwork _network;
    private readonly StagedSteps _steps;

    /// <summary>Makes the copy.</summary>
    public ConcurrentPhase(DqnLearner learner, int observationBytes)
    {
        _learner = learner;
        _network = learner.CreateActing();
        _steps = new StagedSteps(observationBytes);
    }

    /// <summary>Takes the newest weights.</summary>
    public void Begin() => _network.CopyWeightsFrom(_learner.Acting);

    /// <summary>Acts with them.</summary>
    public async Task ActAsync(Actor actor, int iterations, double epsilon, CancellationToken cancellationToken)
    {
        for (var i = 0; i < iterations; i++)
        {
            await actor.StepAsync(_network, epsilon, _steps, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores the phase's steps.</summary>
    public ValueTask StoreAsync(IStepSink sink, CancellationToken cancellationToken) => _steps.MoveToAsync(sink, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
