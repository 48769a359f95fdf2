using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

public sealed unsafe class InputTests : IDisposable
{
    private readonly ChipBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(27_450, 522)]
    [InlineData(408_823, 7_783)]
    [InlineData(790_196, 15_045)]
    public void ChargeCycles_FollowTheResistance(int ohms, int cycles) =>
        Assert.Equal(cycles, ControlPorts.ChargeCycles(ohms));

    [Fact]
    public void AnInputCharges_AfterTheDump()
    {
        _bench.State.Inputs.ChargeCycles[2] = 500;
        _bench.Write(WriteRegister.VBLANK, 0x80, 10);
        Assert.Equal(0x00, _bench.Read(ReadRegister.INPT2, 9_000));
        _bench.Write(WriteRegister.VBLANK, 0x00, 9_000);
        Assert.Equal(0x00, _bench.Read(ReadRegister.INPT2, 9_500));
        Assert.Equal(0x80, _bench.Read(ReadRegister.INPT2, 9_501));

        // Only a change of bit 7 starts it anew.
        _bench.Write(WriteRegister.VBLANK, 0x02, 9_600);
        Assert.Equal(0x80, _bench.Read(ReadRegister.INPT2, 9_601));
        _bench.Write(WriteRegister.VBLANK, 0x80, 9_610);
        Assert.Equal(0x00, _bench.Read(ReadRegister.INPT2, 9_611));
    }

    [Fact]
    public void ADumpThatEndedInAnEarlierFrame_WrapsTheComparison()
    {
        // ALE compares without sign. The frame's counter goes back by 19,000 cycles, the dump's end to -18,900.
        _bench.State.Inputs.ChargeCycles[0] = 15_000;
        _bench.State.Inputs.ChargeCycles[1] = 18_950;
        _bench.Write(WriteRegister.VBLANK, 0x80, 10);
        _bench.Write(WriteRegister.VBLANK, 0x00, 100);
        Assert.Equal(0x80, _bench.Read(ReadRegister.INPT0, 15_101));

        _bench.Clock.StartFrame(19_000);
        Assert.Equal(0x00, _bench.Read(ReadRegister.INPT0, 15_000));
        Assert.Equal(0x00, _bench.Read(ReadRegister.INPT1, 50));
        Assert.Equal(0x80, _bench.Read(ReadRegister.INPT1, 51));
    }

    [Fact]
    public void AJoystickNeverCharges_APaddleWithoutResistanceAlwaysDoes()
    {
        _bench.State.Inputs.ChargeCycles[0] = InputState.NeverCharged;
        _bench.State.Inputs.ChargeCycles[1] = InputState.AlwaysCharged;
        _bench.Write(WriteRegister.VBLANK, 0x80, 10);
        Assert.Equal((0x00, 0x80), (_bench.Read(ReadRegister.INPT0, 20), _bench.Read(ReadRegister.INPT1, 20)));
        _bench.Write(WriteRegister.VBLANK, 0x00, 30);
        Assert.Equal((0x00, 0x80), (_bench.Read(ReadRegister.INPT0, 19_000), _bench.Read(ReadRegister.INPT1, 19_000)));
    }

    [Fact]
    public void TriggersAndNoise()
    {
        _bench.State.Inputs.Triggers[0] = 0x80;
        _bench.State.Inputs.Triggers[1] = 0x00;
        Assert.Equal(0xBF, _bench.Read(ReadRegister.INPT4, 0, dataBus: 0xFF));
        Assert.Equal(0x15, _bench.Read(ReadRegister.INPT5, 0, dataBus: 0x55));
        _bench.State.Inputs.ChargeCycles[3] = InputState.AlwaysCharged;
        Assert.Equal(0x8F, _bench.Read(ReadRegister.INPT3, 0, dataBus: 0x4F));
    }

    [Fact]
    public void TheAudioRegisters_KeepTheBitsTheyHave()
    {
        for (var register = WriteRegister.AUDC0; register <= WriteRegister.AUDV1; register++)
        {
            _bench.Write(register, 0xF8 + (register - WriteRegister.AUDC0), 0);
        }

        Assert.Equal(
            [0x08, 0x09, 0x1A, 0x1B, 0x0C, 0x0D], Enumerable.Range(0, 6).Select(i => (int)_bench.State.Tia.Audio[i]));
    }
}
