using System.IO.Compression;
using DqnAspire.Core.Pictures;

namespace DqnAspire.Core.Tests.Pictures;

public sealed class PngPictureTests
{
    private const int HeaderEnd = 33;

    /// <summary>
    /// The first 33 bytes and the last 12 of every RGB picture of one pixel, as all programs write them.
    /// </summary>
    [Fact]
    public void OnePixel_HasTheWellKnownFrame()
    {
        var png = PngPicture.Encode([1, 2, 3], 1, 1);

        Assert.Equal(
            "89504E470D0A1A0A0000000D4948445200000001000000010802000000907753DE",
            Convert.ToHexString(png[..HeaderEnd]));
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));
        Assert.Equal([0, 1, 2, 3], Lines(png));
    }

    [Fact]
    public void Rgb_WithAScale_RepeatsPixelsAndRows() =>
        Assert.Equal(
            [
                0, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6,
                0, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6,
                0, 7, 8, 9, 7, 8, 9, 10, 11, 12, 10, 11, 12,
                0, 7, 8, 9, 7, 8, 9, 10, 11, 12, 10, 11, 12,
            ],
            Lines(PngPicture.Encode([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 2, scale: 2)));

    [Fact]
    public void Gray_IsOneChannel()
    {
        var png = PngPicture.Encode([10, 20, 30, 40, 50, 60], 2, 3);

        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0], png[16..29]);
        Assert.Equal([0, 10, 20, 30, 0, 40, 50, 60], Lines(png));
    }

    [Theory]
    [InlineData(5, 2, 3)]
    [InlineData(12, 2, 3)]
    [InlineData(19, 2, 3)]
    public void AWrongNumberOfBytes_IsRefused(int bytes, int rows, int columns) =>
        Assert.Contains(
            $"{bytes} bytes",
            Assert.Throws<ArgumentException>(() => PngPicture.Encode(new byte[bytes], rows, columns)).Message);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void NumbersBelowOne_AreRefused(int rows, int columns, int scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PngPicture.Encode(new byte[3], rows, columns, scale));

    /// <summary>The lines of the picture, each after its filter.</summary>
    private static byte[] Lines(byte[] png)
    {
        using var zlib = new ZLibStream(
            new MemoryStream(png, HeaderEnd + 8, png.Length - HeaderEnd - 8), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        return lines.ToArray();
    }
}
