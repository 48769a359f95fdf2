using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Atari2600.Tests.Differential;

/// <summary>
/// Translated code against the interpreter, in lockstep on random programs. "Equal" means the whole state, pictures
/// included, byte for byte. <c>DIFFERENTIAL_SEEDS</c> sets how many cartridges are tried.
/// </summary>
[Trait("Category", "Slow")]
public class TranslationTests
{
    private const int Frames = 30;
    private const int Blocks = 8;

    public static IEnumerable<TheoryDataRow<int>> AllBlocks =>
        Enumerable.Range(0, Blocks).Select(block => new TheoryDataRow<int>(block));

    private static int SeedsPerBlock =>
        (int.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEEDS"), out var seeds) ? seeds : 96) / Blocks;

    [Theory]
    [MemberData(nameof(AllBlocks))]
    public void EveryFrame_OfARandomCartridge_IsThatOfTheInterpreter(int block)
    {
        var translated = 0;
        for (var i = 0; i < SeedsPerBlock; i++)
        {
            var seed = (block * SeedsPerBlock) + i;
            var cartridge = new RandomCartridge(seed);
            translated += Compare(cartridge.Image, cartridge.Options, seed);
        }

        Assert.True(translated > 0, "nothing was translated");
    }

    [Theory]
    [MemberData(nameof(AllBlocks))]
    public void EveryFrame_OfRandomSubroutines_IsThatOfTheInterpreter(int block)
    {
        var translated = 0;
        for (var i = 0; i < SeedsPerBlock; i++)
        {
            var seed = (block * SeedsPerBlock) + i;
            translated += Compare(RandomSubroutines.Create(seed), new ConsoleOptions(), seed);
        }

        Assert.True(translated > 100 * SeedsPerBlock, $"only {translated} instructions were translated");
    }

    /// <summary>Compares the frames of a cartridge and returns how many instructions were translated.</summary>
    private static int Compare(byte[] image, ConsoleOptions options, int seed)
    {
        var interpreted = Create(image, options, translate: false);
        var translated = Create(image, options, translate: true);
        var random = new Random(seed);
        for (var frame = 0; frame < Frames; frame++)
        {
            var input = ((AtariAction)random.Next(AtariActions.Count)).ToInput();
            var draw = random.Next(2) == 0;
            interpreted.Step(input, draw: draw);
            translated.Step(input, draw: draw);
            var expected = interpreted.Save();
            var actual = translated.Save();
            Assert.True(
                expected.ToArray().AsSpan().SequenceEqual(actual.ToArray()),
                $"seed {seed}, {interpreted.Detection.Scheme}, frame {frame}: "
                + $"at cycle {interpreted.Cycles} interpreted, {translated.Cycles} translated");

            // Either continues from the other's state.
            if (random.Next(4) == 0)
            {
                interpreted.Restore(actual);
                translated.Restore(expected);
            }
        }

        return translated.Program?.InstructionCount ?? 0;
    }

    private static AtariConsole Create(byte[] image, ConsoleOptions options, bool translate)
    {
        var console = new AtariConsole(image, options with { Translate = translate, TranslationThreshold = 2 });
        console.Reset();
        return console;
    }
}
