using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>An environment that writes down what it is asked to do, and lets a test play the cartridge.</summary>
internal sealed class TapeHost : IModeSelectionHost
{
    private readonly Queue<uint> _randomNumbers = new();

    public List<string> Tape { get; } = [];

    public TestMemory Ram { get; } = new();

    public IGameMemory Memory => Ram;

    /// <summary>What the cartridge does when the select switch has been pressed.</summary>
    public Action<TestMemory> OnSelect { get; init; } = _ => { };

    /// <summary>What the cartridge does at an action, given by its name.</summary>
    public Action<TestMemory, string> OnAct { get; init; } = (_, _) => { };

    public void Draw(params ReadOnlySpan<uint> numbers)
    {
        foreach (var number in numbers)
        {
            _randomNumbers.Enqueue(number);
        }
    }

    public void SoftReset(int frames) => Tape.Add($"reset {frames}");

    public void HoldSelect(int frames)
    {
        Tape.Add($"select {frames}");
        OnSelect(Ram);
    }

    public void Act(int action, int count)
    {
        var name = AtariActions.Names[action];
        Tape.Add($"{name} {count}");
        OnAct(Ram, name);
    }

    public uint NextRandom() => _randomNumbers.Dequeue();
}
