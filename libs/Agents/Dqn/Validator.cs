using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Dqn;

/// <summary>The greedy episodes that decide whether a run is solved: one, and when it exceeds the goal, some more to confirm it.</summary>
internal sealed class Validator
{
    private readonly ILanes _lanes;
    private readonly IPolicy _policy;
    private readonly DqnSettings _settings;
    private readonly FrameHistory _history;
    private readonly int[] _action = new int[1];

    /// <summary>A validator on one lane that waits at an episode's end.</summary>
    public Validator(ILanes lanes, IPolicy policy, DqnSettings settings)
    {
        (_lanes, _policy, _settings) = (lanes, policy, settings);
        _history = new FrameHistory(1, policy.ObservationBytes, policy.Stack, policy.StackPadding);
    }

    /// <summary>Plays.</summary>
    /// <returns>The mean return, of the confirming episodes where there were some; and whether it exceeds the goal.</returns>
    public async Task<(double Return, bool Solved)> RunAsync(CancellationToken cancellationToken)
    {
        var goal = _settings.Run.GoalReturn;
        var first = await PlayAsync(cancellationToken).ConfigureAwait(false);
        if (first <= goal)
        {
            return (first, false);
        }

        var sum = 0.0;
        for (var i = 0; i < _settings.Validation.ConfirmationEpisodes; i++)
        {
            sum += await PlayAsync(cancellationToken).ConfigureAwait(false);
        }

        var mean = sum / _settings.Validation.ConfirmationEpisodes;
        return (mean, mean > goal);
    }

    private async Task<double> PlayAsync(CancellationToken cancellationToken)
    {
        var episodeReturn = 0.0;
        await _lanes.ResetAsync(0, seed: null, cancellationToken).ConfigureAwait(false);
        _history.Begin(0, _lanes.Observations.Span);
        do
        {
            _policy.ActGreedily(_history.States.Span, _action);
            await _lanes.StepAsync(_action, cancellationToken).ConfigureAwait(false);
            _history.Add(0, _lanes.NextObservations.Span);
            episodeReturn += _lanes.Rewards.Span[0];
        }
        while (!_lanes.Flags.Span[0].EndsEpisode());

        return episodeReturn;
    }
}
