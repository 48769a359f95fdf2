using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Tests.Robustness;

namespace DqnAspire.Atari2600.Tests.Processor.Translation;

/// <summary>
/// When code is translated, and who shares it. What the code does is compared in the differential tests.
/// </summary>
public class TranslatedProgramTests
{
    private static readonly ConsoleOptions Eager = new() { TranslationThreshold = 2 };

    [Fact]
    public void ConsolesWithTheSameCartridge_ShareTheCode()
    {
        var image = RandomPrograms.Kernel(new Random(11));
        var first = new AtariConsole(image, Eager);
        var second = new AtariConsole(image, Eager);
        var other = new AtariConsole(RandomPrograms.Kernel(new Random(12)), Eager);
        Assert.NotNull(first.Program);
        Assert.Same(first.Program, second.Program);
        Assert.NotSame(first.Program, other.Program);
    }

    [Fact]
    public void WithoutTranslation_EverythingIsInterpreted() =>
        Assert.Null(
            new AtariConsole(RandomPrograms.Kernel(new Random(11)), new ConsoleOptions { Translate = false }).Program);

    [Fact]
    public void Code_IsTranslatedOnlyWhenItIsReachedOften()
    {
        var image = RandomPrograms.Kernel(new Random(13));
        var eager = new AtariConsole(image, Eager);
        var patient = new AtariConsole(image, new ConsoleOptions { TranslationThreshold = int.MaxValue });
        Assert.True(eager.Program!.InstructionCount > 0);
        Assert.Equal(0, patient.Program!.RegionCount);
    }

    [Fact]
    public void AfterTranslation_AStepAllocatesNothing()
    {
        var console = new AtariConsole(RandomPrograms.Kernel(new Random(3)), Eager);
        console.Reset();
        var random = new Random(1);
        Run(console, random, 300);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(console, random, 300);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void ThreadsThatTranslateTheSameCartridge_ComeToTheSameState()
    {
        var image = RandomPrograms.Kernel(new Random(14));
        var expected = new AtariConsole(image, new ConsoleOptions { Translate = false });
        Run(expected, new Random(5), 100);
        var state = expected.Save().ToArray();
        var states = new byte[8][];
        Parallel.For(0, states.Length, new ParallelOptions { MaxDegreeOfParallelism = states.Length }, i =>
        {
            var console = new AtariConsole(image, Eager);
            Run(console, new Random(5), 100);
            states[i] = console.Save().ToArray();
        });
        Assert.All(states, actual => Assert.Equal(state, actual));
    }

    private static void Run(AtariConsole console, Random random, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            console.Step((StickInput)random.Next(32));
        }
    }
}
