using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Training;

/// <summary>
/// The greedy episodes that decide whether a run is solved: one, and when it exceeds the goal, some more to confirm it.
/// </summary>
/// <param name="lanes">The lane of <see cref="TrainingSession.OpenEvaluationLaneAsync"/>.</param>
/// <param name="settings">How often, and how many confirm.</param>
/// <param name="goal">The return to exceed.</param>
internal sealed class Validator(ILanes lanes, ValidationSection settings, double goal)
{
    private const string Part = "validation";

    private readonly int[] _action = new int[1];
    private FrameHistory? _history;

    /// <summary>Whether it is time, after a number of training episodes.</summary>
    public bool IsDue(long episodes) => episodes % settings.EveryEpisodes == 0;

    /// <summary>Plays.</summary>
    /// <returns>
    /// The mean return, of the confirming episodes where there were some; and whether it exceeds the goal.
    /// </returns>
    public async Task<(double Return, bool Solved)> RunAsync(IPolicy policy, CancellationToken cancellationToken)
    {
        var first = await PlayAsync(policy, cancellationToken).ConfigureAwait(false);
        if (first <= goal)
        {
            return (first, false);
        }

        var sum = 0.0;
        for (var i = 0; i < settings.ConfirmationEpisodes; i++)
        {
            sum += await PlayAsync(policy, cancellationToken).ConfigureAwait(false);
        }

        var mean = sum / settings.ConfirmationEpisodes;
        return (mean, mean > goal);
    }

    /// <summary>Adds the lane's state.</summary>
    public async Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken) =>
        checkpoint.Parts[Part] = await lanes.SaveStateAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Restores the lane's state.</summary>
    public async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken) =>
        await lanes.RestoreStateAsync(checkpoint.Part(Part), cancellationToken).ConfigureAwait(false);

    private async Task<double> PlayAsync(IPolicy policy, CancellationToken cancellationToken)
    {
        _history ??= new FrameHistory(1, policy.ObservationBytes, policy.Stack, policy.StackPadding);
        var episodeReturn = 0.0;
        await lanes.ResetAsync(0, seed: null, cancellationToken).ConfigureAwait(false);
        _history.Begin(0, lanes.Observations.Span);
        do
        {
            policy.ActGreedily(_history.States.Span, _action);
            await lanes.StepAsync(_action, cancellationToken).ConfigureAwait(false);
            _history.Add(0, lanes.NextObservations.Span);
            episodeReturn += lanes.Rewards.Span[0];
        }
        while (!lanes.Flags.Span[0].EndsEpisode());

        return episodeReturn;
    }
}
