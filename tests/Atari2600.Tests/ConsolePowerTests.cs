using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests;

/// <summary>What a console does before the first step of a game.</summary>
public sealed class ConsolePowerTests
{
    [Fact]
    public void TheRamStartsWithTheGeneratorsBytes() =>
        Assert.Equal(
            "B896C049CB55C87FFBB445662B3410CA", Convert.ToHexString(new AtariConsole(Programs.Idle).Ram[..16]));

    [Fact]
    public void EveryResetDrawsATimer()
    {
        // The first two draws, 58 and 51, are those of power-up and of the search for the format.
        var console = new AtariConsole(Programs.Idle);
        Assert.Equal((32u, 6), (console.State.Riot.Timer, console.State.Riot.TimerShift));
        console.SystemReset();
        Assert.Equal(74u, console.State.Riot.Timer);
        console.SystemReset();
        Assert.Equal(65u, console.State.Riot.Timer);
    }

    [Fact]
    public void AKnownFormat_NeedsNoSearch()
    {
        var console = new AtariConsole(Programs.Frames(0, 262), new ConsoleOptions { Format = TelevisionFormat.Ntsc });
        Assert.Equal((51u, 0xB8), (console.State.Riot.Timer, console.Ram[0]));
    }

    [Fact]
    public void TheSearchForTheFormat_Runs60Frames_AndResetRuns68_TheLast8WithTheButton()
    {
        var console = new AtariConsole(Programs.Frames(0, 262));
        Assert.Equal((0xB8 + 60, 0x96), (console.Ram[0], console.Ram[1]));
        console.Reset();
        Assert.Equal((0xB8 + 128 - 256, 0x96 + 8), (console.Ram[0], console.Ram[1]));
        console.Step(StickInput.None);
        Assert.Equal((0xB8 + 129 - 256, 0x96 + 8), (console.Ram[0], console.Ram[1]));
    }

    [Fact]
    public void AReset_KeepsTheRam_AndStartsProcessorAndChipsAnew()
    {
        var console = new AtariConsole(Programs.Frames(0x1E, 262));
        console.Step(StickInput.None);
        console.Step(StickInput.None);
        console.Ram[50] = 0x77;
        Assert.Contains((byte)0x1E, console.Screen.ToArray());

        console.SystemReset();
        Assert.Equal(0x77, console.Ram[50]);
        Assert.Equal((0, 0xF000, 0xFF), (console.Cycles, console.State.Cpu.PC, console.State.Cpu.S));
        Assert.Equal(0, console.State.Tia.COLUBK);
        Assert.All(console.Screen.ToArray(), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void AHaltedProcessor_IsFreedByAReset()
    {
        var console = new AtariConsole(new Assembler().Inc(0x80).Bytes(0x02).Image);
        Assert.False(console.IsHalted);
        console.Step(StickInput.None);
        Assert.True(console.IsHalted);
        var cycles = console.Cycles;
        console.Step(StickInput.None);
        Assert.Equal(cycles, console.Cycles);

        console.SystemReset();
        Assert.False(console.IsHalted);
    }

    [Fact]
    public void AnImageAndOptionsAreChecked()
    {
        Assert.Throws<CartridgeException>(() => new AtariConsole([]));
        AssertRefused(new ConsoleOptions { FirstLine = -1 });
        AssertRefused(new ConsoleOptions { FirstLine = 65 });
        AssertRefused(new ConsoleOptions { Height = 0 });
        AssertRefused(new ConsoleOptions { Height = 257 });
        AssertRefused(new ConsoleOptions { MinPaddleResistance = 0 });
        AssertRefused(new ConsoleOptions { MinPaddleResistance = 5_000, MaxPaddleResistance = 4_999 });
        AssertRefused(new ConsoleOptions { MaxPaddleResistance = 10_000_001 });
    }

    [Fact]
    public void PeekAndMd5_TellAboutTheCartridge()
    {
        var image = Programs.Idle;
        var console = new AtariConsole(image);
        Assert.Equal(image, Enumerable.Range(0, 4096).Select(i => console.Peek(0xF000 + i)));
        Assert.Equal(
            console.Ram.ToArray(), Enumerable.Range(0, 128).Select(i => console.Peek(AtariConsole.RamStart + i)));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(image)), console.Md5);
        Assert.Equal(0, console.Peek(0x0282));
    }

    private static void AssertRefused(ConsoleOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AtariConsole(Programs.Idle, options));
}
