using DqnAspire.Core;
using DqnAspire.Environments;
using DqnAspire.Environments.State;

namespace DqnAspire.EnvService.Tests;

/// <summary>
/// Action a is worth a, and 1 at most to learn from; action 0 takes one of two lives, the last one ends the game.
/// </summary>
internal sealed class HeartsEnvironment : IEnvironment
{
    private int _lives;

    public Core.ObservationSpace ObservationSpace { get; } = Core.ObservationSpace.Discrete(1);

    public Core.ActionSpace ActionSpace { get; } = new("LOSE", "ONE", "TWO", "THREE");

    public int MaxEpisodeSteps => 0;

    public void Reset(ulong? seed, Span<byte> observation) => _lives = 2;

    public StepResult Step(int action, Span<byte> observation)
    {
        _lives -= action == 0 ? 1 : 0;
        return new StepResult(
            action, _lives == 0 ? StepFlags.Terminated : StepFlags.None, Math.Min(action, 1), _lives, action == 0);
    }

    public void SaveState(StateWriter writer) => writer.Write(_lives);

    public void RestoreState(StateReader reader) => _lives = reader.ReadInt32();
}
