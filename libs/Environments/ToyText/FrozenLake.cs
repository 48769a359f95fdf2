using System.Buffers.Binary;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.ToyText;

/// <summary>
/// A walk over a frozen lake to its goal, past holes, on ice that may carry one sideways: Gymnasium's FrozenLake-v1
/// without its time limit. Reaching the goal is worth 1, everything else 0.
/// </summary>
/// <remarks>
/// Every reset and every step draws exactly one number, also where only one outcome is possible, and takes the first
/// outcome whose running sum of probabilities is above it.
/// </remarks>
public sealed class FrozenLake : IEnvironment
{
    private const int ActionCount = 4;

    private static readonly ActionSpace Actions = new("LEFT", "DOWN", "RIGHT", "UP");

    private readonly FrozenLakeTables _tables;
    private readonly bool _slippery;
    private readonly double _successRate;
    private FrozenLakePicture? _picture;
    private Pcg64? _random;
    private bool _running;

    /// <summary>A lake.</summary>
    /// <param name="map">The map.</param>
    /// <param name="slippery">Whether a move may go at a right angle to where it was meant to.</param>
    /// <param name="successRate">
    /// On slippery ice: how likely a move goes where it was meant to; the rest is split evenly.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="successRate"/> is not of 0..1.</exception>
    public FrozenLake(FrozenLakeMap map, bool slippery = true, double successRate = 1.0 / 3.0)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!(successRate is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(successRate), successRate, "A success rate is 0..1.");
        }

        Map = map;
        _slippery = slippery;
        _successRate = successRate;
        var states = map.RowCount * map.ColumnCount;
        ObservationSpace = ObservationSpace.Discrete(states);

        _tables = FrozenLakeTables.For(
            FormattableString.Invariant($"{MapText()} {slippery} {successRate:R}"), () => MakeTables(states));
    }

    /// <summary>The lake's map.</summary>
    public FrozenLakeMap Map { get; }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace => Actions;

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 0;

    /// <inheritdoc/>
    public IDisplay Display => _picture ??= new FrozenLakePicture(this);

    /// <summary>Where the walker is: row * columns + column.</summary>
    public int State { get; private set; }

    /// <summary>
    /// Probability of the outcome that the last step took, 1 after a reset; Gymnasium's info["prob"].
    /// </summary>
    public double LastProbability { get; private set; }

    /// <summary>Probability of each state to be the first of an episode.</summary>
    public IReadOnlyList<double> StartProbabilities => _tables.StartProbabilities;

    /// <summary>All outcomes of an action in a state, in the order a draw goes through them.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">The action.</param>
    /// <returns>The outcomes; their probabilities sum to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state or action.</exception>
    public IReadOnlyList<FrozenLakeTransition> Transitions(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, ObservationSpace.States);
        Actions.ThrowIfOutside(action);
        return _tables.Transitions[(state * ActionCount) + action];
    }

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        _random = EnvironmentRandom.AtReset(_random, seed);

        var draw = _random.NextDouble();
        State = 0;
        var sum = 0.0;
        for (var state = 0; state < _tables.StartProbabilities.Length; state++)
        {
            sum += _tables.StartProbabilities[state];
            if (sum > draw)
            {
                State = state;
                break;
            }
        }

        LastProbability = 1;
        _running = true;
        BinaryPrimitives.WriteInt32LittleEndian(observation, State);
    }

    /// <inheritdoc/>
    public StepResult Step(int action, Span<byte> observation)
    {
        Actions.ThrowIfOutside(action);
        ObservationSpace.ThrowIfTooShort(observation);
        if (!_running)
        {
            EnvironmentErrors.ThrowResetNeeded();
        }

        var outcome = Pick(_tables.Transitions[(State * ActionCount) + action], _random!.NextDouble());
        State = outcome.NextState;
        LastProbability = outcome.Probability;
        _running = !outcome.Terminated;
        BinaryPrimitives.WriteInt32LittleEndian(observation, State);
        return new StepResult(outcome.Reward, outcome.Terminated ? StepFlags.Terminated : StepFlags.None);
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        writer.Section(nameof(FrozenLake));
        writer.Setting("map", MapText());
        writer.Setting("is_slippery", _slippery);
        writer.Setting("success_rate", _successRate);
        writer.Write(State);
        writer.Write(LastProbability);
        writer.Write(_running);
        writer.Write(_random);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        reader.Section(nameof(FrozenLake));
        reader.Setting("map", MapText());
        reader.Setting("is_slippery", _slippery);
        reader.Setting("success_rate", _successRate);
        State = reader.ReadInt32("the state", 0, ObservationSpace.States - 1);
        LastProbability = reader.ReadDouble();
        _running = reader.ReadBoolean();
        _random = reader.ReadPcg64();
    }

    private FrozenLakeTables MakeTables(int states)
    {
        var starts = Enumerable.Range(0, states).Count(state => Map[state] == 'S');
        var transitions = new FrozenLakeTransition[states * ActionCount][];
        for (var state = 0; state < states; state++)
        {
            for (var action = 0; action < ActionCount; action++)
            {
                transitions[(state * ActionCount) + action] = Outcomes(state, action, _slippery, _successRate);
            }
        }

        return new FrozenLakeTables(
            transitions,
            [.. Enumerable.Range(0, states).Select(state => Map[state] == 'S' ? 1.0 / starts : 0.0)]);
    }

    private string MapText() => string.Join('/', Map.Rows);

    /// <summary>
    /// The first outcome whose running sum is above the draw; the first of all where rounding leaves none.
    /// </summary>
    private static ref readonly FrozenLakeTransition Pick(FrozenLakeTransition[] outcomes, double draw)
    {
        var sum = 0.0;
        foreach (ref readonly var outcome in outcomes.AsSpan())
        {
            sum += outcome.Probability;
            if (sum > draw)
            {
                return ref outcome;
            }
        }

        return ref outcomes[0];
    }

    private FrozenLakeTransition[] Outcomes(int state, int action, bool slippery, double successRate)
    {
        if (Map[state] is 'G' or 'H')
        {
            return [new FrozenLakeTransition(1, state, 0, true)];
        }

        if (!slippery)
        {
            return [Move(state, action, 1)];
        }

        var sideRate = (1 - successRate) / 2;
        return
        [
            Move(state, (action + 3) % ActionCount, sideRate),
            Move(state, action, successRate),
            Move(state, (action + 1) % ActionCount, sideRate),
        ];
    }

    private FrozenLakeTransition Move(int state, int direction, double probability)
    {
        var (row, column) = Math.DivRem(state, Map.ColumnCount);
        switch (direction)
        {
            case 0:
                column = Math.Max(column - 1, 0);
                break;
            case 1:
                row = Math.Min(row + 1, Map.RowCount - 1);
                break;
            case 2:
                column = Math.Min(column + 1, Map.ColumnCount - 1);
                break;
            default:
                row = Math.Max(row - 1, 0);
                break;
        }

        var next = (row * Map.ColumnCount) + column;
        return new FrozenLakeTransition(probability, next, Map[next] == 'G' ? 1 : 0, Map[next] is 'G' or 'H');
    }
}
