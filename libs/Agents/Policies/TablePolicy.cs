using System.Buffers.Binary;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Agents.Policies;

/// <summary>A table of action values, for environments whose observation is one int32 state index.</summary>
public sealed class TablePolicy : IPolicy
{
    /// <summary>Name of the tensor in a saved file: float64 [states, actions].</summary>
    public const string TensorName = "q";

    private readonly double[] _values;

    /// <summary>A table of zeros.</summary>
    public TablePolicy(int states, int actions)
        : this(states, actions, new double[states * actions])
    {
    }

    /// <summary>A table that uses the given values in place.</summary>
    /// <param name="states">Number of states.</param>
    /// <param name="actions">Number of actions.</param>
    /// <param name="values">[states, actions].</param>
    public TablePolicy(int states, int actions, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        if (values.Length != states * actions)
        {
            throw new ArgumentException(
                $"A table {states}x{actions} needs {states * actions} values, not {values.Length}.", nameof(values));
        }

        States = states;
        Actions = actions;
        _values = values;
    }

    /// <inheritdoc/>
    public string Architecture => $"table {States}x{Actions}";

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <inheritdoc/>
    public int ObservationBytes => sizeof(int);

    /// <inheritdoc/>
    public int Stack => 1;

    /// <inheritdoc/>
    public StackPadding StackPadding => StackPadding.Repeat;

    /// <inheritdoc/>
    public int Actions { get; }

    /// <summary>The values of a state's actions.</summary>
    public Span<double> this[int state] => _values.AsSpan(state * Actions, Actions);

    /// <summary>The action with the highest value; ties go to the lowest action.</summary>
    public int BestAction(int state) => ArgMax.Of<double>(this[state]);

    /// <summary>A table with the same values.</summary>
    public TablePolicy Copy() => new(States, Actions, [.. _values]);

    /// <inheritdoc/>
    public void ActGreedily(ReadOnlySpan<byte> states, Span<int> actions)
    {
        RequireSize(states, actions.Length);
        for (var i = 0; i < actions.Length; i++)
        {
            actions[i] = BestAction(StateAt(states, i));
        }
    }

    /// <inheritdoc/>
    public void ActionValues(ReadOnlySpan<byte> states, Span<float> values)
    {
        var count = values.Length / Actions;
        RequireSize(states, count);
        for (var i = 0; i < count; i++)
        {
            var row = this[StateAt(states, i)];
            for (var action = 0; action < Actions; action++)
            {
                values[(i * Actions) + action] = (float)row[action];
            }
        }
    }

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        var file = new SafetensorsFile();
        Save(file);
        file.Write(stream);
    }

    /// <summary>Adds the table to a file: a checkpoint, for example.</summary>
    public void Save(SafetensorsFile file) => file.Add(TensorName, [States, Actions], _values);

    /// <summary>Takes over the values of a table that was saved.</summary>
    /// <exception cref="InvalidDataException">The file has no table of this shape.</exception>
    public void Restore(SafetensorsFile file) => file.GetFloat64(TensorName, [States, Actions]).CopyTo(_values, 0);

    internal static TablePolicy Load(SafetensorsFile file) => file.ShapeOf(TensorName) is [var states, var actions]
        ? new TablePolicy(states, actions, file.GetFloat64(TensorName, [states, actions]))
        : throw new InvalidDataException(
            $"The file holds neither a network nor a table: it needs a tensor '{TensorName}' [states, actions].");

    private int StateAt(ReadOnlySpan<byte> observations, int index)
    {
        var state = BinaryPrimitives.ReadInt32LittleEndian(observations[(index * sizeof(int))..]);
        return (uint)state < (uint)States
            ? state
            : throw new ArgumentException(
                $"Observation {index} is state {state}, not one of 0..{States - 1}.", nameof(observations));
    }

    private static void RequireSize(ReadOnlySpan<byte> observations, int count)
    {
        if (observations.Length != count * sizeof(int))
        {
            throw new ArgumentException(
                $"{count} observations of {sizeof(int)} bytes were expected, not {observations.Length} bytes.",
                nameof(observations));
        }
    }
}
