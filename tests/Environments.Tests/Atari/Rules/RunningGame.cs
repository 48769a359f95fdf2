using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>A game of the catalog, played by writing to its memory.</summary>
internal sealed class RunningGame(string id)
{
    public GameState State { get; } = new(GameCatalog.Default.Get(id));

    public TestMemory Memory { get; } = new();

    /// <summary>Writes to RAM and runs a frame. What was written before stays.</summary>
    public void Frame(params ReadOnlySpan<(int Address, int Value)> writes)
    {
        foreach (var (address, value) in writes)
        {
            Memory[address] = value;
        }

        State.Advance(Memory);
    }

    /// <summary>What an environment hands out after the frame.</summary>
    public void Gives(int reward, int score, int lives, bool terminal) =>
        Assert.Equal((reward, score, lives, terminal), (State.Reward, State.Score, State.Lives, State.IsTerminal));
}
