using System.Buffers.Binary;
using DqnAspire.Core;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Tests;

/// <summary>
/// Shows 100 * seed + steps since reset, without a new seed going on with the next hundred; action a is worth a; action
/// 2 truncates; the episode terminates at a given length.
/// </summary>
internal sealed class CountingEnvironment(int length) : IEnvironment
{
    private int _base;
    private int _steps;

    public ObservationSpace ObservationSpace { get; } = ObservationSpace.Discrete(int.MaxValue);

    public ActionSpace ActionSpace { get; } = new("ZERO", "ONE", "CUT");

    public int MaxEpisodeSteps => 0;

    public void Reset(ulong? seed, Span<byte> observation)
    {
        _base = seed is { } number ? 100 * (int)number : _base + 100;
        _steps = 0;
        BinaryPrimitives.WriteInt32LittleEndian(observation, _base);
    }

    public StepResult Step(int action, Span<byte> observation)
    {
        _steps++;
        BinaryPrimitives.WriteInt32LittleEndian(observation, _base + _steps);
        var flags = (_steps >= length ? StepFlags.Terminated : StepFlags.None)
            | (action == 2 ? StepFlags.Truncated : StepFlags.None);
        return new StepResult(action, flags);
    }

    public void SaveState(StateWriter writer) => writer.Write([_base, _steps]);

    public void RestoreState(StateReader reader) => (_base, _steps) = (reader.ReadInt32(), reader.ReadInt32());
}
