using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Training;

/// <summary>
/// A learning algorithm at work, as <see cref="TrainingLoop"/> sees it. The loop opens it, starts or restores it, and
/// then calls <see cref="AdvanceAsync"/> again and again; between two calls it pauses, saves, reports and ends the run.
/// Calls never overlap. The algorithm counts steps and updates in <see cref="TrainingSession.Statistics"/> and hands
/// finished episodes to <see cref="TrainingSession.Log"/>.
/// </summary>
public interface IAlgorithm : IAsyncDisposable
{
    /// <summary>What is played.</summary>
    EnvironmentInfo Environment { get; }

    /// <summary>What has been learnt: it is validated, published and kept. Used in place.</summary>
    IPolicy Policy { get; }

    /// <summary>What is trained, for people: spaces and layers, lines of text.</summary>
    string Summary { get; }

    /// <summary>The greedy episodes between training episodes; null where the algorithm has none.</summary>
    ValidationSection? Validation => null;

    /// <summary>The probability of a random action.</summary>
    /// <param name="steps">Agent steps taken so far.</param>
    /// <param name="episodes">Training episodes finished so far.</param>
    double EpsilonAt(long steps, long episodes);

    /// <summary>Begins a new run: first episodes, what fills a replay.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Does the smallest part of the work after which the run can be saved: a step, a phase, a rollout, a block.
    /// </summary>
    Task AdvanceAsync(CancellationToken cancellationToken);

    /// <summary>Adds everything that the algorithm and its parts need to continue.</summary>
    Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken);

    /// <summary>The checkpoint is kept safely: what only older ones needed can go.</summary>
    Task OnCheckpointKeptAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Continues from a checkpoint, instead of <see cref="StartAsync"/>.</summary>
    /// <exception cref="InvalidDataException">The checkpoint does not fit.</exception>
    Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken);
}
