using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tests.Machines;
using static DqnAspire.Atari2600.Controllers.StickInput;

namespace DqnAspire.Atari2600.Tests.Controllers;

/// <summary>What the players do, as the chips read it.</summary>
public sealed unsafe class ControlPortsTests
{
    private const int Centre = 408_823;
    private const int Step = 23_000;

    private static readonly ConsoleOptions Joysticks = new() { Format = TelevisionFormat.Ntsc };
    private static readonly ConsoleOptions AllPaddles = Joysticks with { LeftController = ControllerType.Paddles };

    [Theory]
    [InlineData(AtariAction.Noop, 0xFF, 0x80)]
    [InlineData(AtariAction.Fire, 0xFF, 0x00)]
    [InlineData(AtariAction.Up, 0xEF, 0x80)]
    [InlineData(AtariAction.Right, 0x7F, 0x80)]
    [InlineData(AtariAction.Left, 0xBF, 0x80)]
    [InlineData(AtariAction.Down, 0xDF, 0x80)]
    [InlineData(AtariAction.UpRight, 0x6F, 0x80)]
    [InlineData(AtariAction.UpLeft, 0xAF, 0x80)]
    [InlineData(AtariAction.DownRight, 0x5F, 0x80)]
    [InlineData(AtariAction.DownLeft, 0x9F, 0x80)]
    [InlineData(AtariAction.UpFire, 0xEF, 0x00)]
    [InlineData(AtariAction.RightFire, 0x7F, 0x00)]
    [InlineData(AtariAction.LeftFire, 0xBF, 0x00)]
    [InlineData(AtariAction.DownFire, 0xDF, 0x00)]
    [InlineData(AtariAction.UpRightFire, 0x6F, 0x00)]
    [InlineData(AtariAction.UpLeftFire, 0xAF, 0x00)]
    [InlineData(AtariAction.DownRightFire, 0x5F, 0x00)]
    [InlineData(AtariAction.DownLeftFire, 0x9F, 0x00)]
    public void AJoystick_ClosesContacts(AtariAction action, int swcha, int trigger)
    {
        var console = new AtariConsole(Programs.Idle, Joysticks);
        console.Step(action.ToInput());
        Assert.Equal((swcha, trigger, 0x80), Ports(console));

        // Player B has the same contacts in the low half.
        console.Step(None, action.ToInput());
        Assert.Equal(((swcha >> 4) | 0xF0, 0x80, trigger), Ports(console));

        // Exchanged jacks: player A is on the right.
        var swapped = new AtariConsole(Programs.Idle, Joysticks with { SwapPorts = true });
        swapped.Step(action.ToInput());
        Assert.Equal(((swcha >> 4) | 0xF0, 0x80, trigger), Ports(swapped));
        swapped.Step(None, action.ToInput());
        Assert.Equal((swcha, trigger, 0x80), Ports(swapped));
    }

    [Fact]
    public void WhatWasPressedIsReleasedInTheNextFrame()
    {
        var console = new AtariConsole(Programs.Idle, Joysticks);
        console.Step(Up | Fire, Down | Fire, ConsoleSwitches.Reset);
        console.Step(None);
        Assert.Equal((0xFF, 0x80, 0x80), Ports(console));
        Assert.Equal(0x3F, console.State.Inputs.Swchb);
    }

    [Theory]
    [InlineData(ConsoleSwitches.None, 0x3F)]
    [InlineData(ConsoleSwitches.Reset, 0x3E)]
    [InlineData(ConsoleSwitches.Select, 0x3D)]
    [InlineData(ConsoleSwitches.BlackWhite, 0x37)]
    [InlineData(ConsoleSwitches.LeftDifficultyA, 0x7F)]
    [InlineData(ConsoleSwitches.RightDifficultyA, 0xBF)]
    [InlineData(ConsoleSwitches.Reset | ConsoleSwitches.LeftDifficultyA | ConsoleSwitches.RightDifficultyA, 0xFE)]
    public void TheSwitches_AreThoseOfSwchb(ConsoleSwitches switches, int swchb)
    {
        var console = new AtariConsole(Programs.Idle, Joysticks);
        console.Step(None, None, switches);
        Assert.Equal(swchb, console.State.Inputs.Swchb);
    }

    [Fact]
    public void Joysticks_NeverChargeThePaddleInputs()
    {
        var console = new AtariConsole(Programs.Idle, Joysticks);
        console.Step(None);
        Assert.Equal(
            [InputState.NeverCharged, InputState.NeverCharged, InputState.NeverCharged, InputState.NeverCharged],
            Charges(console));
    }

    [Fact]
    public void APaddle_TurnsByAStepAFrame_RightIsLess()
    {
        var console = new AtariConsole(Programs.Idle, AllPaddles);
        console.SystemReset();
        console.Step(None);
        Assert.Equal((Centre, Centre), Paddles(console));
        console.Step(Right, Left);
        Assert.Equal((Centre - Step, Centre + Step), Paddles(console));
        console.Step(Right | Up, Left | Down);
        Assert.Equal((Centre - (2 * Step), Centre + (2 * Step)), Paddles(console));
        console.Step(Up | Fire, Down);
        Assert.Equal((Centre - (2 * Step), Centre + (2 * Step)), Paddles(console));

        // 1.6 times 362,823 ohms times 10 nF at 1.19 MHz is 6908.1 cycles.
        Assert.Equal([6_908, 8_659, InputState.NeverCharged, InputState.NeverCharged], Charges(console));

        console.SystemReset();
        Assert.Equal((Centre, Centre), Paddles(console));
    }

    [Fact]
    public void APaddle_StopsAtItsEnds()
    {
        var console = new AtariConsole(
            Programs.Idle, AllPaddles with { MinPaddleResistance = 100_000, MaxPaddleResistance = 200_000 });
        console.SystemReset();
        int[] players = [150_000, 127_000, 104_000, 100_000, 100_000];
        for (var frame = 0; frame < players.Length; frame++)
        {
            Assert.Equal((players[frame], 300_000 - players[frame]), Paddles(console));
            console.Step(Right, Left);
        }
    }

    [Fact]
    public void BeforeTheFirstReset_APaddleHasNoResistance()
    {
        var console = new AtariConsole(Programs.Idle, AllPaddles with { Format = null });
        Assert.Equal(
            [InputState.AlwaysCharged, InputState.AlwaysCharged, InputState.NeverCharged, InputState.NeverCharged],
            Charges(console));
        Assert.Equal((0, 0), Paddles(console));
    }

    [Theory]
    [InlineData(None, None, 0xFF)]
    [InlineData(Fire, None, 0x7F)]
    [InlineData(None, Fire, 0xBF)]
    [InlineData(Fire, Fire, 0x3F)]
    [InlineData(Up | Down | Left, Right, 0xFF)] // no contacts for directions
    public void PaddleButtons_AreContactsOfSwcha(StickInput playerA, StickInput playerB, int swcha)
    {
        var console = new AtariConsole(Programs.Idle, AllPaddles);
        console.Step(playerA, playerB);
        Assert.Equal((swcha, 0x80, 0x80), Ports(console));
    }

    [Fact]
    public void SwappedPaddles_ExchangeInputsAndButtons()
    {
        var console = new AtariConsole(Programs.Idle, AllPaddles with { SwapPaddles = true });
        console.SystemReset();
        console.Step(Right | Fire);
        Assert.Equal((0xBF, 0x80, 0x80), Ports(console));
        Assert.Equal((Centre - Step, Centre), Paddles(console));
        Assert.Equal(
            [ControlPorts.ChargeCycles(Centre), ControlPorts.ChargeCycles(Centre - Step)], Charges(console)[..2]);
    }

    [Fact]
    public void SwappedJacks_PutThePaddlesOnTheRight()
    {
        var console = new AtariConsole(Programs.Idle, AllPaddles with { SwapPorts = true });
        console.SystemReset();
        console.Step(Left | Fire);
        Assert.Equal((0xF7, 0x80, 0x80), Ports(console));
        var turned = ControlPorts.ChargeCycles(Centre + Step);
        Assert.Equal(
            [InputState.NeverCharged, InputState.NeverCharged, turned, ControlPorts.ChargeCycles(Centre)],
            Charges(console));
    }

    [Fact]
    public void PaddlesOfTheRightJack_AreHeldByNobody()
    {
        var console = new AtariConsole(Programs.Idle, Joysticks with { RightController = ControllerType.Paddles });
        console.SystemReset();
        console.Step(Fire | Up, Fire);

        // ALE: with paddles in either jack the joystick in the other one is dead.
        Assert.Equal((0xFF, 0x80, 0x80), Ports(console));
        Assert.Equal(
            [InputState.NeverCharged, InputState.NeverCharged, InputState.AlwaysCharged, InputState.AlwaysCharged],
            Charges(console));
    }

    [Fact]
    public void AProgramReadsItsPorts()
    {
        var assembler = new Assembler();
        assembler.LdaAt(0x0280)
            .Sta(0x80)
            .LdaAt(0x0282)
            .Sta(0x81)
            .LdaAt(0x003C)
            .Sta(0x82)
            .LdaAt(0x003D)
            .Sta(0x83)
            .Jmp(assembler.Here);
        var console = new AtariConsole(assembler.Image, Joysticks);
        console.Step(Left, Right | Fire, ConsoleSwitches.Select);
        Assert.Equal([0xB7, 0x3D, 0x80, 0x00], console.Ram[..4].ToArray());
    }

    private static (int Swcha, int Left, int Right) Ports(AtariConsole console) =>
        (console.State.Inputs.Swcha, console.State.Inputs.Triggers[0], console.State.Inputs.Triggers[1]);

    private static (int A, int B) Paddles(AtariConsole console) =>
        (console.State.Inputs.Paddles[0], console.State.Inputs.Paddles[1]);

    private static int[] Charges(AtariConsole console)
    {
        fixed (int* cycles = console.State.Inputs.ChargeCycles)
        {
            return new ReadOnlySpan<int>(cycles, 4).ToArray();
        }
    }
}
