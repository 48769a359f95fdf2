using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

public sealed class CollisionTests : IDisposable
{
    /// <summary>PF0's first pixel in the right half.</summary>
    private const int PlayfieldPixel = 80;

    private readonly ChipBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, string, string, int> Latches => new()
    {
        { "Missile0", "Player1", "CXM0P", 0x80 },
        { "Missile0", "Player0", "CXM0P", 0x40 },
        { "Missile1", "Player0", "CXM1P", 0x80 },
        { "Missile1", "Player1", "CXM1P", 0x40 },
        { "Player0", "Playfield", "CXP0FB", 0x80 },
        { "Player0", "Ball", "CXP0FB", 0x40 },
        { "Player1", "Playfield", "CXP1FB", 0x80 },
        { "Player1", "Ball", "CXP1FB", 0x40 },
        { "Missile0", "Playfield", "CXM0FB", 0x80 },
        { "Missile0", "Ball", "CXM0FB", 0x40 },
        { "Missile1", "Playfield", "CXM1FB", 0x80 },
        { "Missile1", "Ball", "CXM1FB", 0x40 },
        { "Ball", "Playfield", "CXBLPF", 0x80 },
        { "Player0", "Player1", "CXPPMM", 0x80 },
        { "Missile0", "Missile1", "CXPPMM", 0x40 },
    };

    [Theory]
    [MemberData(nameof(Latches))]
    public void APairSetsItsLatch_AndNoOther(string first, string second, string register, int bit)
    {
        // All six are there; the pair meets where no other is.
        ShowAllApart();
        var place = second == nameof(TiaObject.Playfield) ? PlayfieldPixel : 100;
        _bench.Place(Enum.Parse<TiaObject>(first), place);
        if (second != nameof(TiaObject.Playfield))
        {
            _bench.Place(Enum.Parse<TiaObject>(second), place);
        }

        foreach (ReadRegister other in Enumerable.Range(0, 8))
        {
            var expected = other.ToString() == register ? bit : 0;
            Assert.Equal((other, expected), (other, _bench.Read(other, ChipBench.At(1, 0))));
        }
    }

    [Fact]
    public void ObjectsApart_SetNothing()
    {
        ShowAllApart();
        _bench.Row(5);
        Assert.Equal(0, _bench.State.Tia.Collisions);
    }

    [Fact]
    public void ALatchIsSetAtThePixel_AndStays()
    {
        // Pixel 80 is clock 148 of the line: drawn by cycle 50, not by cycle 49.
        ShowAllApart();
        MeetAtPlayfield(TiaObject.Player0, TiaObject.Player1);
        Assert.Equal(0x00, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(0, 49)));
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(0, 50)));

        _bench.Write(WriteRegister.GRP0, 0, ChipBench.At(0, 60));
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(9, 0)));
    }

    [Fact]
    public void Cxclr_ClearsWhatHappenedBefore()
    {
        ShowAllApart();
        MeetAtPlayfield(TiaObject.Player0, TiaObject.Player1);
        _bench.Write(WriteRegister.CXCLR, 0, ChipBench.At(0, 76));
        Assert.Equal(0x00, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(1, 49)));
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(1, 50)));
    }

    [Fact]
    public void TheLowBitsAreTheDataBus()
    {
        Assert.Equal(0x3F, _bench.Read(ReadRegister.CXM0P, 10, dataBus: 0xFF));
        Assert.Equal(0x15, _bench.Read(ReadRegister.CXPPMM, 10, dataBus: 0x95));
        Assert.Equal(0x2A, _bench.Tia.Read(0x0E, 0x6A, 10));
    }

    [Fact]
    public void NothingCollidesInVerticalBlank()
    {
        ShowAllApart();
        MeetAtPlayfield(TiaObject.Player0, TiaObject.Player1);
        _bench.Write(WriteRegister.VBLANK, 2, 0);
        Assert.Equal(0x00, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(5, 0)));
        _bench.Write(WriteRegister.VBLANK, 0, ChipBench.At(5, 0));
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(6, 0)));
    }

    [Fact]
    public void NothingCollidesOutsideTheDisplayedLines()
    {
        // ALE: 210 lines from the 35th on.
        ShowAllApart();
        MeetAtPlayfield(TiaObject.Player0, TiaObject.Player1);
        Assert.Equal(0x00, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(-1, 75)));
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(209, 75)));
        _bench.Write(WriteRegister.CXCLR, 0, ChipBench.At(210, 0));
        Assert.Equal(0x00, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(220, 0)));
    }

    [Fact]
    public void ObjectsCollideUnderTheBlackEdgeOfAnHmove()
    {
        ShowAllApart();
        _bench.Place(TiaObject.Player0, 0);
        _bench.Place(TiaObject.Player1, 0);
        _bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(0, 0));
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXPPMM, ChipBench.At(0, 28)));
        Assert.Equal("30-37", _bench.Lit(0, 0x44));
    }

    [Fact]
    public void WithoutDrawing_ObjectsCollideAllTheSame()
    {
        ShowAllApart();
        MeetAtPlayfield(TiaObject.Ball);
        _bench.Tia.Drawing = false;
        Assert.Equal(0x80, _bench.Read(ReadRegister.CXBLPF, ChipBench.At(1, 0)));
    }

    /// <summary>Every object eight pixels wide where no other is.</summary>
    private void ShowAllApart()
    {
        _bench.Write(WriteRegister.COLUP0, 0x44, 0);
        _bench.Write(WriteRegister.NUSIZ0, 0x30, 0);
        _bench.Write(WriteRegister.NUSIZ1, 0x30, 0);
        _bench.Write(WriteRegister.CTRLPF, 0x30, 0);
        _bench.Write(WriteRegister.GRP0, 0xFF, 0);
        _bench.Write(WriteRegister.GRP1, 0xFF, 0);
        _bench.Write(WriteRegister.ENAM0, 2, 0);
        _bench.Write(WriteRegister.ENAM1, 2, 0);
        _bench.Write(WriteRegister.ENABL, 2, 0);
        _bench.Write(WriteRegister.PF0, 0x10, 0);
        for (var item = 0; item < 5; item++)
        {
            _bench.Place((TiaObject)item, 20 + (10 * item));
        }
    }

    private void MeetAtPlayfield(params ReadOnlySpan<TiaObject> items)
    {
        foreach (var item in items)
        {
            _bench.Place(item, PlayfieldPixel);
        }
    }
}
