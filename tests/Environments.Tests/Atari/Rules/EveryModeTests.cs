using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Tests.Atari.Rules;

public sealed class EveryModeTests
{
    public static TheoryData<string> Ids => [.. NaiveRule.Games.Keys];

    /// <summary>The first, the middle and the last mode of every game.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void OnACartridgeThatDoesAnything_TheSelectionDoesWhatItsTextSays(string id)
    {
        var rule = GameCatalog.Default.Get(id);
        var modes = rule.Modes.Available;
        foreach (var mode in new[] { modes[0], modes[modes.Length / 2], modes[^1] }.Distinct())
        {
            var state = new GameState(rule);
            var values = rule.Variables.ToDictionary(variable => variable.Name, variable => variable.InitialValue ?? 0);
            var (host, naiveHost) = (Anything(mode), Anything(mode));

            var naiveSucceeds = new NaiveSelection(NaiveRule.Games[id], mode, values, naiveHost).Run();
            var succeeds = Succeeds(() => rule.Modes.Select(mode, state, host));

            Assert.Equal(naiveHost.Tape, host.Tape);
            Assert.Equal(naiveSucceeds, succeeds);
            Assert.Equal(rule.Variables.Select(variable => values[variable.Name]), state.Values.ToArray());
        }
    }

    private static bool Succeeds(Action select)
    {
        try
        {
            select();
            return true;
        }
        catch (ModeSelectionException)
        {
            return false;
        }
    }

    /// <summary>
    /// A cartridge whose memory changes at every touch, mostly to small numbers and to what is near the mode.
    /// </summary>
    private static TapeHost Anything(int mode)
    {
        var random = new Pcg64((ulong)mode);
        var host = new TapeHost { OnSelect = Shuffle, OnAct = (ram, _) => Shuffle(ram) };
        host.Draw([.. Enumerable.Range(0, 10_000).Select(_ => (uint)random.Integers(0, 1L << 32))]);
        return host;

        void Shuffle(TestMemory ram)
        {
            for (var address = 0x80; address <= 0xFF; address++)
            {
                ram[address] = Byte();
            }

            ram.Bus[0x10EA] = (byte)Byte();
        }

        int Byte() => random.Integers(0, 3) switch
        {
            0 => (int)random.Integers(0, 4),
            1 => (int)((mode + random.Integers(-1, 7)) & 0xFF),
            _ => (int)random.Integers(0, 256),
        };
    }
}
