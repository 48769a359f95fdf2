using System.Diagnostics;
using System.Runtime.CompilerServices;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Evaluation;

/// <summary>
/// Plays evaluation episodes on several lanes at once. What an episode does depends on its index alone (its reset's
/// seed, its own exploration generator), not on the number of lanes or on the other episodes.
/// </summary>
public static class Evaluator
{
    private const int MaxLanes = 16;

    /// <summary>Plays the episodes and reports each when it ends.</summary>
    /// <param name="policy">What chooses the actions.</param>
    /// <param name="lanes">Opens the environment.</param>
    /// <param name="environmentId">The environment.</param>
    /// <param name="options">Its options.</param>
    /// <param name="protocol">How it is played.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <exception cref="ArgumentException">The policy is not for this environment.</exception>
    public static async IAsyncEnumerable<EpisodeResult> PlayAsync(
        IPolicy policy,
        ILaneSource lanes,
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        EvaluationProtocol protocol,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = Math.Min(protocol.Episodes, MaxLanes);
        await using var environment = await lanes
            .OpenAsync(environmentId, options, count, protocol.Seed, autoReset: false, cancellationToken)
                .ConfigureAwait(false);
        RequireMatch(policy, environment.Environment);

        // Opening reset lane i with Seed + i, which is what its first episode needs.
        var running = new RunningEpisode?[count];
        for (var lane = 0; lane < count; lane++)
        {
            running[lane] = new RunningEpisode(lane, protocol, environment.RewardInReset(lane));
        }

        var history = new FrameHistory(count, policy.ObservationBytes, policy.Stack, policy.StackPadding);
        for (var lane = 0; lane < count; lane++)
        {
            history.Begin(lane, Observation(environment.Observations, lane, policy.ObservationBytes));
        }

        var next = count;
        var actions = new int[count];
        var ended = new List<EpisodeResult>(count);
        for (var playing = count; playing > 0;)
        {
            policy.ActGreedily(history.States.Span, actions);
            for (var lane = 0; lane < count; lane++)
            {
                actions[lane] = running[lane]?.Explore(actions[lane], environment.Environment.Actions) ?? -1;
            }

            await environment.StepAsync(actions, cancellationToken).ConfigureAwait(false);
            for (var lane = 0; lane < count; lane++)
            {
                if (running[lane] is not { } episode)
                {
                    continue;
                }

                history.Add(lane, Observation(environment.NextObservations, lane, policy.ObservationBytes));
                if (episode.Add(environment.Rewards.Span[lane], environment.Flags.Span[lane]) is not { } result)
                {
                    continue;
                }

                ended.Add(result);
                if (next < protocol.Episodes)
                {
                    var seed = RunningEpisode.SeedOf(next, protocol);
                    await environment.ResetAsync(lane, seed, cancellationToken).ConfigureAwait(false);
                    running[lane] = new RunningEpisode(next, protocol, environment.RewardInReset(lane));
                    next++;
                    history.Begin(lane, Observation(environment.Observations, lane, policy.ObservationBytes));
                }
                else
                {
                    running[lane] = null;
                    playing--;
                }
            }

            foreach (var result in ended)
            {
                yield return result;
            }

            ended.Clear();
        }
    }

    private static ReadOnlySpan<byte> Observation(ReadOnlyMemory<byte> observations, int lane, int bytes) =>
        observations.Span.Slice(lane * bytes, bytes);

    private static void RequireMatch(IPolicy policy, EnvironmentInfo environment)
    {
        if (policy.ObservationBytes != environment.ObservationSpace.ByteCount || policy.Actions != environment.Actions)
        {
            throw new ArgumentException(
                $"A policy {policy.Architecture} ({policy.ObservationBytes}-byte observations, {policy.Actions} "
                + "actions) cannot play "
                + $"{environment.Id} ({environment.ObservationSpace.ByteCount}-byte observations, "
                + $"{environment.Actions} actions).");
        }
    }

    private sealed class RunningEpisode(int index, EvaluationProtocol protocol, double earned)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly EpisodeExploration _exploration = new(protocol.Epsilon, protocol.Seed + (ulong)index);
        private double _return = earned;
        private int _length;

        public ulong Seed => SeedOf(index, protocol);

        public static ulong SeedOf(int index, EvaluationProtocol protocol) => protocol.Seed + (ulong)index;

        public int Explore(int greedy, int actions) => _exploration.Choose(greedy, actions);

        public EpisodeResult? Add(double reward, StepFlags flags)
        {
            _return += reward;
            _length++;
            if (flags == StepFlags.None && _length == protocol.MaxSteps)
            {
                flags = StepFlags.Truncated;
            }

            return flags == StepFlags.None
                ? null
                : new EpisodeResult(index, Seed, _return, _length, Stopwatch.GetElapsedTime(_started), flags);
        }
    }
}
