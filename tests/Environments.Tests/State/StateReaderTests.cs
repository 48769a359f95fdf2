using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Tests.State;

public class StateReaderTests
{
    [Fact]
    public void Everything_ComesBackInOrder()
    {
        var random = new Pcg64(5);
        random.NextUInt32();
        var writer = new StateWriter();
        writer.Section("part");
        writer.Setting("speed", 2.5);
        writer.Write(true);
        writer.Write(-7);
        writer.Write(ulong.MaxValue - 1);
        writer.Write(float.NaN);
        writer.Write(-0.0);
        writer.Write([int.MinValue, 3]);
        writer.Write([double.Epsilon, double.NegativeInfinity]);
        writer.Write((ReadOnlySpan<byte>)[1, 2, 255]);
        writer.Write(random);
        writer.Write((Pcg64?)null);

        var reader = new StateReader(writer.ToArray());
        reader.Section("part");
        reader.Setting("speed", 2.5);
        Assert.True(reader.ReadBoolean());
        Assert.Equal(-7, reader.ReadInt32("it", -7, -7));
        Assert.Equal(ulong.MaxValue - 1, reader.ReadUInt64());
        Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(reader.ReadSingle()));
        Assert.True(double.IsNegative(reader.ReadDouble()));
        var integers = new int[2];
        reader.Read(integers.AsSpan());
        Assert.Equal([int.MinValue, 3], integers);
        var doubles = new double[2];
        reader.Read(doubles.AsSpan());
        Assert.Equal([double.Epsilon, double.NegativeInfinity], doubles);
        var bytes = new byte[3];
        reader.Read(bytes.AsSpan());
        Assert.Equal([1, 2, 255], bytes);
        Assert.Equal(random.State, reader.ReadPcg64()?.State);
        Assert.Null(reader.ReadPcg64());
        reader.RequireEnd();
    }

    [Fact]
    public void AChangedByte_IsNoticed_WhereverItIs()
    {
        var state = Sample();
        for (var i = 0; i < state.Length; i++)
        {
            var damaged = state.ToArray();
            damaged[i] ^= 0x10;
            var error = Assert.Throws<StateException>(() => new StateReader(damaged));
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void AMissingEnd_IsNoticed_WhereverItBegins()
    {
        var state = Sample();
        for (var length = 0; length < state.Length; length++)
        {
            Assert.Throws<StateException>(() => new StateReader(state.AsSpan(0, length)));
        }
    }

    [Fact]
    public void ForeignBytes_AreNoState() =>
        Assert.Equal(
            "These 100 bytes are no saved state of environments.",
            Assert.Throws<StateException>(() => new StateReader(new byte[100])).Message);

    [Fact]
    public void AnotherVersion_IsNamed()
    {
        var state = Sample();
        state[7] = 9;
        Assert.Equal(
            "The state has version 9; this program reads version 1.",
            Assert.Throws<StateException>(() => new StateReader(state)).Message);
    }

    [Fact]
    public void AStateThatIsTooLarge_IsNotUnpacked()
    {
        var writer = new StateWriter();
        writer.Write(new byte[100_000].AsSpan());

        var error = Assert.Throws<StateException>(() => new StateReader(writer.ToArray(), 99_999));

        Assert.Equal("The state takes 100000 bytes; what it is for takes at most 99999.", error.Message);
    }

    [Fact]
    public void AnotherSection_NamesBoth() =>
        Refuses(
            reader => reader.Section("Cart"),
            "The state is of something else: it goes on with 'Lake' where 'Cart' is due.");

    [Fact]
    public void AnotherSetting_NamesBothValues() => Refuses(
        reader =>
        {
            reader.Section("Lake");
            reader.Setting("depth", 4);
        },
        "The state does not fit, at Lake: it was saved with depth '3', and here that is '4'.");

    [Fact]
    public void ASettingOfAnotherName_NamesBoth() => Refuses(
        reader =>
        {
            reader.Section("Lake");
            reader.Setting("width", 3);
        },
        "The state does not fit, at Lake: it has 'depth' where 'width' is due.");

    [Fact]
    public void ANumberOutsideItsBounds_IsNamed() =>
        Refuses(
            reader => AtNumbers(reader).ReadInt32("the place", 0, 1),
            "The state does not fit, at Lake: the place is 2, not of 0..1.");

    [Fact]
    public void WhatIsNeitherTrueNorFalse_IsRefused() =>
        Refuses(
            reader => AtNumbers(reader).ReadBoolean(), "The state does not fit, at Lake: 2 is neither true nor false.");

    [Fact]
    public void AnEarlyEnd_IsRefused() =>
        Refuses(
            reader => AtNumbers(reader).Read(new byte[5].AsSpan()),
            "The state does not fit, at Lake: it ends too early.");

    [Fact]
    public void SomethingLeft_IsRefused() =>
        Refuses(
            reader => AtNumbers(reader).RequireEnd(),
            "The state does not fit, at Lake: it goes on for 4 bytes after its end.");

    [Fact]
    public void AnEvenIncrement_IsNoGenerator()
    {
        var writer = new StateWriter();
        writer.Section("Lake");
        writer.Write(true);
        writer.Write(new byte[37].AsSpan());

        var reader = new StateReader(writer.ToArray());
        reader.Section("Lake");

        Assert.Contains("increment", Assert.Throws<StateException>(reader.ReadPcg64).Message);
    }

    private static void Refuses(Action<StateReader> read, string message) =>
        Assert.Equal(message, Assert.Throws<StateException>(() => read(new StateReader(Sample()))).Message);

    private static StateReader AtNumbers(StateReader reader)
    {
        reader.Section("Lake");
        reader.Setting("depth", 3);
        return reader;
    }

    private static byte[] Sample()
    {
        var writer = new StateWriter();
        writer.Section("Lake");
        writer.Setting("depth", 3);
        writer.Write(2);
        return writer.ToArray();
    }
}
