using DqnAspire.Core.Lanes;
using DqnAspire.Play.Recordings.Drawing;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class CaptionTests
{
    [Fact]
    public void TextIsDrawnBelowThePicture_InThePalettesOwnColours()
    {
        var film = new FilmFormat(20, 2) { Palette = (byte[])[90, 90, 90, 255, 255, 255, 0, 0, 0], PixelAspect = 2 };
        var canvas = new Canvas(film, scale: 1, squarePixels: true, [4], film.FramesPerSecond);

        var picture = canvas.Draw(new byte[40], ["-1"]).ToArray();

        Assert.Equal((40, 2 + 11), (canvas.Format.Width, canvas.Format.Height));
        var rows = picture.Chunk(40).Select(row => string.Concat(row.Select(p => "o#."[p]))).ToArray();
        Assert.Equal(new string('o', 40), rows[0]);
        // A margin of three pixels, then "-" and "1", six pixels apart.
        Assert.Equal("..........#.....", rows[5][..16]);
        Assert.Equal(".........##.....", rows[6][..16]);
        Assert.Equal("...###....#.....", rows[7][..16]);
        Assert.Equal("..........#.....", rows[8][..16]);
        Assert.Equal(".........###....", rows[9][..16]);
        Assert.All(rows[10..], row => Assert.Equal(new string('.', 40), row));
    }

    [Fact]
    public void FieldsThatHaveNoRoomBeside_GoBelow_AndWhatIsTooLong_IsCutOff()
    {
        var strip = new TextStrip(100, [10, 10, 200]);
        var pixels = new byte[100 * strip.Height];

        strip.Draw(["A", "B", new string('M', 300)], pixels, [0], [1]);

        Assert.Equal((3 * 8) + 3, strip.Height);
        Assert.Equal(0, pixels.Chunk(100).Sum(row => row[97..].Sum(p => p)));
    }
}
