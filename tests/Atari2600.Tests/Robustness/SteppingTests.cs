using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tests.Machines;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Atari2600.Tests.Robustness;

/// <summary>What must not depend on how the frames are stepped through.</summary>
public sealed class SteppingTests
{
    [Fact]
    public void FramesThatAreNotDrawn_AreTheSameToTheProgram() =>
        Prop.ForAll<DoNotSize<int>>(
            seed =>
            {
                var random = new Random(seed.Item);
                var image = random.Next(3) == 0
                    ? RandomPrograms.LivelyNoise(random, 4096)
                    : RandomPrograms.Kernel(random);
                var options = new ConsoleOptions { Format = (TelevisionFormat)random.Next(2) };
                var drawn = new AtariConsole(image, options);
                var undrawn = new AtariConsole(image, options);
                for (var frame = 0; frame < 20; frame++)
                {
                    var input = (StickInput)random.Next(32);
                    drawn.Step(input);
                    undrawn.Step(input, draw: random.Next(4) == 0);
                    AssertSame(drawn, undrawn);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void TheSameInput_GivesTheSamePictures() =>
        Prop.ForAll<DoNotSize<int>>(
            seed =>
            {
                var image = RandomPrograms.Kernel(new Random(seed.Item));
                var first = new AtariConsole(image);
                var second = new AtariConsole(image);
                var random = new Random(seed.Item);
                for (var frame = 0; frame < 10; frame++)
                {
                    var input = (StickInput)random.Next(32);
                    first.Step(input);
                    second.Step(input);
                    AssertSame(first, second);
                    Assert.True(first.Screen.SequenceEqual(second.Screen));
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    [Fact]
    public void InstructionByInstruction_TheProcessorComesToTheSameState() =>
        Prop.ForAll<DoNotSize<int>>(
            seed =>
            {
                // Waiting loops and runs of code are short cuts that a single instruction does not take.
                var image = RandomPrograms.Kernel(new Random(seed.Item));
                using var single = Load(image);
                using var many = Load(image);
                var random = new Random(seed.Item);
                for (var part = 0; part < 100; part++)
                {
                    var instructions = random.Next(1, 400);
                    single.State.Frame.Ended = 0;
                    many.State.Frame.Ended = 0;
                    for (var i = 0; i < instructions && single.State.Frame.Ended == 0; i++)
                    {
                        single.Cpu.Run(1);
                    }

                    many.Cpu.Run(instructions);
                    Assert.Equal(Describe(ref single.State), Describe(ref many.State));
                    Assert.True(single.Ram.SequenceEqual(many.Ram));
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void AStepAllocatesNothing()
    {
        // Translation allocates once; that nothing is allocated after it is a test of its own.
        var console = new AtariConsole(RandomPrograms.Kernel(new Random(3)), new ConsoleOptions { Translate = false });
        console.Reset();
        console.Step(StickInput.None);
        console.Step(StickInput.None, draw: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < 200; frame++)
        {
            console.Step(StickInput.Left, StickInput.Fire, ConsoleSwitches.None, draw: frame % 2 == 0);
        }

        console.Reset();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static ChipBench Load(byte[] image)
    {
        var bench = new ChipBench();
        image.CopyTo(bench.Rom);
        return bench;
    }

    private static void AssertSame(AtariConsole first, AtariConsole second)
    {
        Assert.Equal(Describe(ref first.State), Describe(ref second.State));
        Assert.True(first.Ram.SequenceEqual(second.Ram));
        Assert.Equal((first.ScanLines, first.IsFramePartial), (second.ScanLines, second.IsFramePartial));
    }

    private static string Describe(ref ConsoleState state)
    {
        ref var cpu = ref state.Cpu;
        ref var riot = ref state.Riot;
        return $"A={cpu.A} X={cpu.X} Y={cpu.Y} S={cpu.S} PC={cpu.PC:X4}"
            + $" N={cpu.N & 0x80} Z={cpu.Z == 0} C={cpu.C} V={cpu.V != 0}"
            + $" D={cpu.D} I={cpu.I} cycle {cpu.Cycles} bus {cpu.DataBus:X2} halted {cpu.Halted}"
            + $" collisions {state.Tia.Collisions:X4}"
            + $" timer {riot.Timer} {riot.TimerSetCycle} {riot.ReadAfterExpiry} {riot.ExpiryReadCycle}"
            + $" frame {state.Frame.Start} {state.Frame.Ended}";
    }
}
