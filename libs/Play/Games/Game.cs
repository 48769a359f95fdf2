using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Play.Policies;

namespace DqnAspire.Play.Games;

/// <summary>
/// One game, played step by step by a policy, a person, or both in turn. An episode is a function of its seed, the
/// policy and epsilon, and the same as in an evaluation. Calls must not overlap.
/// </summary>
public sealed class Game : IAsyncDisposable
{
    private readonly ILanes _lanes;
    private readonly GameSettings _settings;
    private readonly int[] _action = new int[1];
    private FrameHistory _history;
    private LoadedPolicy? _policy;
    private EpisodeExploration _exploration;
    private int _episode;
    private int _index;
    private double _return;

    private Game(ILanes lanes, EnvironmentDescription description, GameSettings settings)
    {
        (_lanes, Environment, _settings) = (lanes, description, settings);
        _history = new FrameHistory(1, lanes.Environment.ObservationSpace.ByteCount, 1, StackPadding.Repeat);
        _exploration = new EpisodeExploration(settings.Epsilon, settings.Seed);
    }

    /// <summary>What is played.</summary>
    public EnvironmentDescription Environment { get; }

    /// <summary>What the screen shows now; null where the game is not filmed or has no screen.</summary>
    public Film? Film => _lanes.Film;

    /// <summary>Seed of the episode's reset.</summary>
    public ulong Seed => unchecked(_settings.Seed + (ulong)_episode);

    /// <summary>Whether the episode is over and <see cref="NextEpisodeAsync"/> is due.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Opens a game and begins its first episode.</summary>
    /// <param name="lanes">Opens the environment.</param>
    /// <param name="settings">What is played, and how.</param>
    /// <param name="policy">Who plays; null: nobody yet.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="PolicyException">There is no such environment, or the policy is for another.</exception>
    public static async Task<Game> OpenAsync(
        ILaneSource lanes, GameSettings settings, LoadedPolicy? policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        ArgumentNullException.ThrowIfNull(settings);
        var description = await lanes.DescribeAsync(settings.EnvironmentId, settings.Options, cancellationToken)
            .ConfigureAwait(false)
            ?? throw new PolicyException($"There is no environment '{settings.EnvironmentId}' here.");
        var opened = await lanes.OpenAsync(
            settings.EnvironmentId, settings.Options, 1, settings.Seed, autoReset: false, cancellationToken)
            .ConfigureAwait(false);
        var game = new Game(opened, description, settings);
        try
        {
            if (settings.IsFilmed)
            {
                await opened.CaptureAsync(cancellationToken).ConfigureAwait(false);
            }

            if (policy is not null)
            {
                game.SetPolicy(policy);
            }

            game.Begin();
            return game;
        }
        catch
        {
            await game.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has another policy play from here on; the stacked state is kept where it fits.</summary>
    /// <param name="policy">The policy.</param>
    /// <exception cref="PolicyException">It is for another environment; both are named.</exception>
    public void SetPolicy(LoadedPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.RequireFits(_lanes.Environment);
        using var lease = policy.Rent();
        var (next, space) = (lease.Policy, _lanes.Environment.ObservationSpace);
        var size = next.Stack * space.ByteCount;
        var history = new FrameHistory(1, space.ByteCount, next.Stack, next.StackPadding);
        if (_history.States.Length == size)
        {
            history.Restore(_history.States.Span);
        }
        else
        {
            history.Begin(0, _lanes.Observations.Span);
        }

        (_policy, _history) = (policy, history);
    }

    /// <summary>What the policy thinks of the state, and what it would do; it draws no random number.</summary>
    /// <exception cref="InvalidOperationException">There is no policy.</exception>
    public Decision Think() => Decide(explore: false);

    /// <summary>Plays one step.</summary>
    /// <param name="action">A person's action; null: the policy's.</param>
    /// <param name="cancellationToken">Gives up waiting; the game cannot be used afterwards.</param>
    /// <exception cref="InvalidOperationException">The episode is over, or nobody plays.</exception>
    public async Task<GameStep> StepAsync(int? action, CancellationToken cancellationToken)
    {
        if (IsOver)
        {
            throw new InvalidOperationException("The episode is over.");
        }

        var decision = action is { } chosen
            ? (_policy is null ? new Decision(chosen, chosen, [], [], _history.States)
                : Think() with { Action = chosen })
            : Decide(explore: true);
        _action[0] = decision.Action;
        await _lanes.StepAsync(_action, cancellationToken).ConfigureAwait(false);
        _history.Add(0, _lanes.NextObservations.Span);
        var reward = _lanes.Rewards.Span[0];
        _return += reward;
        var end = _lanes.Flags.Span[0];
        var step = _index++;
        if (end == StepFlags.None && _index == _settings.MaxSteps)
        {
            end = StepFlags.Truncated;
        }

        IsOver = end.EndsEpisode();
        return new GameStep(_episode, step, decision, reward, _return, _lanes.Lives.Span[0], end, _lanes.Film);
    }

    /// <summary>Begins the next episode, whether or not the last one had ended.</summary>
    /// <param name="cancellationToken">Gives up waiting; the game cannot be used afterwards.</param>
    public async Task NextEpisodeAsync(CancellationToken cancellationToken)
    {
        _episode++;
        await _lanes.ResetAsync(0, Seed, cancellationToken).ConfigureAwait(false);
        Begin();
    }

    /// <summary>Closes the environment.</summary>
    public ValueTask DisposeAsync() => _lanes.DisposeAsync();

    private void Begin()
    {
        (_index, _return, IsOver) = (0, _lanes.RewardInReset(0), false);
        _exploration = new EpisodeExploration(_settings.Epsilon, Seed);
        _history.Begin(0, _lanes.Observations.Span);
    }

    private Decision Decide(bool explore)
    {
        if (_policy is null)
        {
            throw new InvalidOperationException("There is no policy that plays.");
        }

        using var lease = _policy.Rent();
        var policy = lease.Policy;
        var state = _history.States.ToArray();
        var values = new float[policy.Actions];
        policy.ActionValues(state, values);
        var distributions = policy.Values is PlainValues ? [] : new float[policy.Actions * policy.Values.Outputs];
        if (distributions.Length > 0)
        {
            policy.Distributions(state, distributions);
        }

        var greedy = Greedy(policy, state, values);
        var action = explore ? _exploration.Choose(greedy, policy.Actions) : greedy;
        return new Decision(action, greedy, values, distributions, state);
    }

    /// <summary>As the policy itself chooses; a table compares in double precision.</summary>
    private static int Greedy(IPolicy policy, byte[] state, float[] values)
    {
        if (policy is not TablePolicy)
        {
            return ArgMax.Of<float>(values);
        }

        Span<int> action = stackalloc int[1];
        policy.ActGreedily(state, action);
        return action[0];
    }
}
