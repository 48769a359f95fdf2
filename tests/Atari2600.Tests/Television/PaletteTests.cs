using System.Globalization;
using DqnAspire.Atari2600.Television;

namespace DqnAspire.Atari2600.Tests.Television;

public sealed class PaletteTests
{
    [Theory]
    [InlineData("ntsc_palette.csv", TelevisionFormat.Ntsc, 128)]
    [InlineData("pal_palette.csv", TelevisionFormat.Pal, 256)]
    public void TheColoursAreThoseOfTheReference(string file, TelevisionFormat format, int entries)
    {
        var palette = Palette.For(format);
        var lines = ReadTable(file);
        Assert.Equal(entries, lines.Length);
        foreach (var line in lines)
        {
            byte[] pixel = [(byte)line[0]];
            var rgb = new byte[3];
            var gray = new byte[1];
            palette.ToRgb(pixel, rgb);
            palette.ToGray(pixel, gray);
            Assert.Equal(line, new[] { line[0], rgb[0], rgb[1], rgb[2], gray[0] });
            Assert.Equal((uint)((line[1] << 16) | (line[2] << 8) | line[3]), palette.Rgb[line[0]]);
            Assert.Equal(line[4], palette.Gray[line[0]]);
        }
    }

    [Fact]
    public void PicturesAreConvertedPixelByPixel()
    {
        // 0.2989 times 148 is 44.2. What the destination has more is left alone.
        byte[] pixels = [0x00, 0x0E, 0x40];
        var rgb = new byte[10];
        Palette.Ntsc.ToRgb(pixels, rgb);
        Assert.Equal([0, 0, 0, 236, 236, 236, 148, 0, 0, 0], rgb);

        var gray = new byte[4];
        Palette.Ntsc.ToGray(pixels, gray);
        Assert.Equal([0, 236, 44, 0], gray);
    }

    [Fact]
    public void ADestinationThatIsTooShort_IsRefused_AndLeftAlone()
    {
        var gray = new byte[1];
        var rgb = new byte[5];
        Assert.Equal("gray", Assert.Throws<ArgumentOutOfRangeException>(
            () => Palette.Ntsc.ToGray([0x0E, 0x0E], gray)).ParamName);
        Assert.Equal(
            "rgb", Assert.Throws<ArgumentOutOfRangeException>(() => Palette.Ntsc.ToRgb([0x0E, 0x0E], rgb)).ParamName);
        Assert.Equal(0, gray[0] + rgb.Sum(value => value));
    }

    private static int[][] ReadTable(string file)
    {
        using var stream = typeof(PaletteTests).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Skip(1)
                .Select(
                    line => line.Split(',').Select(field => int.Parse(field, CultureInfo.InvariantCulture)).ToArray()),
        ];
    }
}
