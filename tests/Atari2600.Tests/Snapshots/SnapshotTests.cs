using System.Security.Cryptography;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tests.Snapshots;

/// <summary>
/// What goes in and out of a snapshot; that a restored console continues exactly is shown in the differential tests.
/// </summary>
public unsafe class SnapshotTests
{
    private const int HeaderSize = 24;
    private const int HashSize = 32;

    [Fact]
    public void Size_IsTheSameForAllSnapshotsOfAConsole()
    {
        var console = Create();
        var size = console.Save().Size;
        console.Step(StickInput.Fire);

        Assert.Equal(size, console.Save().Size);
        Assert.Equal(size, console.Save().ToArray().Length);
        Assert.Equal(HeaderSize + sizeof(ConsoleState) + (2 * 210 * 160) + HashSize, size);
    }

    [Fact]
    public void SavingIntoAnOldSnapshot_AllocatesNothing()
    {
        var console = Create();
        var snapshot = console.Save();
        console.Restore(snapshot);

        var before = GC.GetAllocatedBytesForCurrentThread();
        console.Save(snapshot);
        console.Restore(snapshot);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Restore_BringsPictureRamAndCountersBack()
    {
        var console = Create();
        var picture = console.Screen.ToArray();
        var ram = console.Ram.ToArray();
        (var cycles, var lines) = (console.Cycles, console.ScanLines);
        var snapshot = console.Save();
        for (var i = 0; i < 5; i++)
        {
            console.Step(StickInput.Fire);
        }

        console.Restore(snapshot);

        Assert.Equal(picture, console.Screen);
        Assert.Equal(ram, console.Ram);
        Assert.Equal((cycles, lines), (console.Cycles, console.ScanLines));
    }

    [Fact]
    public void Restore_OfAnotherCartridge_NamesBoth()
    {
        var console = Create();
        var other = Create(seed: 1);

        var error = Assert.Throws<SnapshotException>(() => console.Restore(other.Save()));

        Assert.Contains(console.Md5, error.Message);
        Assert.Contains(other.Md5, error.Message);
    }

    [Fact]
    public void Restore_OfAnotherPictureHeight_NamesTheSizes()
    {
        var image = Image(0);
        var console = new AtariConsole(image);
        var other = new AtariConsole(image, new ConsoleOptions { Height = 220 });

        var error = Assert.Throws<SnapshotException>(() => console.Restore(other.Save()));

        Assert.Contains("a console with 210 lines", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(5000)]
    public void FromBytes_CutOff_IsRefused(int length)
    {
        var bytes = Create().Save().ToArray();

        Assert.Throws<SnapshotException>(() => ConsoleSnapshot.FromBytes(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void FromBytes_WithAChangedByteAnywhere_IsRefused()
    {
        var bytes = Create().Save().ToArray();
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var at = random.Next(bytes.Length);
            bytes[at] ^= 0x40;
            Assert.Throws<SnapshotException>(() => ConsoleSnapshot.FromBytes(bytes));
            bytes[at] ^= 0x40;
        }

        ConsoleSnapshot.FromBytes(bytes);
    }

    [Fact]
    public void FromBytes_OfAnotherVersion_NamesBothVersions()
    {
        var bytes = Create().Save().ToArray();
        bytes[7] = 2;

        var error = Assert.Throws<SnapshotException>(() => ConsoleSnapshot.FromBytes(bytes));

        Assert.Contains("version 2", error.Message);
        Assert.Contains("version 1", error.Message);
    }

    /// <summary>
    /// A snapshot with a valid checksum but made-up content must neither crash a console nor be taken over half.
    /// </summary>
    [Fact]
    public void Restore_OfForgedStates_IsRefusedOrHarmless()
    {
        var console = Create();
        var valid = console.Save().ToArray();
        var random = new Random(2);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var forged = (byte[])valid.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                forged[HeaderSize + random.Next(sizeof(ConsoleState))] = (byte)random.Next(256);
            }

            SHA256.HashData(forged.AsSpan(0, forged.Length - HashSize), forged.AsSpan(forged.Length - HashSize));
            var before = Convert.ToHexString(console.Ram);
            try
            {
                console.Restore(ConsoleSnapshot.FromBytes(forged));
                console.Step(StickInput.Up);
                console.Step(StickInput.None, draw: false);
            }
            catch (SnapshotException)
            {
                refused++;
                Assert.Equal(before, Convert.ToHexString(console.Ram));
            }
        }

        Assert.NotEqual(0, refused);
    }

    private static AtariConsole Create(int seed = 0)
    {
        var console = new AtariConsole(Image(seed));
        console.Reset();
        return console;
    }

    private static byte[] Image(int seed)
    {
        // Any program will do; this one is of a size that gives a plain 4K board.
        var image = new byte[4096];
        new Random(seed).NextBytes(image);
        return image;
    }
}
