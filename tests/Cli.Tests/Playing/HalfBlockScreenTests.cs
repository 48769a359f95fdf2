using DqnAspire.Cli.Playing;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Cli.Tests.Playing;

public sealed class HalfBlockScreenTests
{
    private static readonly FilmFormat TwoByTwo = new(2, 2) { Palette = (byte[])[0, 0, 0, 255, 128, 1, 9, 8, 7] };

    [Fact]
    public void ACharacter_IsTwoPixels_OneAboveTheOther()
    {
        var screen = new HalfBlockScreen(TwoByTwo, 2, 1);

        Assert.Equal((2, 1), (screen.Columns, screen.Rows));
        Assert.Equal(
            "\e[1;1H\e[38;2;255;128;1m\e[48;2;0;0;0m▀\e[48;2;9;8;7m▀\e[0m", screen.Draw([1, 1, 0, 2]));
    }

    [Fact]
    public void OnlyWhatChanges_IsWritten()
    {
        var screen = new HalfBlockScreen(TwoByTwo, 2, 1);
        screen.Draw([1, 1, 0, 2]);

        Assert.Equal("", screen.Draw([1, 1, 0, 2]));
        Assert.Equal("\e[1;2H\e[38;2;255;128;1m\e[48;2;0;0;0m▀\e[0m", screen.Draw([1, 1, 0, 0]));
    }

    [Fact]
    public void PicturesAreMadeSmaller_ByAveraging()
    {
        var format = new FilmFormat(4, 4);
        var picture = new byte[48];
        // The upper left quarter: one white pixel of four.
        picture[0] = picture[1] = picture[2] = 255;

        var text = new HalfBlockScreen(format, 2, 1).Draw(picture);

        Assert.StartsWith("\e[1;1H\e[38;2;63;63;63m\e[48;2;0;0;0m▀", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, 24, 49, 16)]
    [InlineData(200, 20, 60, 20)]
    [InlineData(1, 1, 1, 1)]
    public void AnAtariPicture_KeepsItsShape(int columns, int rows, int expectedColumns, int expectedRows)
    {
        var screen = new HalfBlockScreen(
            new FilmFormat(160, 210) { Palette = new byte[768], PixelAspect = 2 }, columns, rows);

        Assert.Equal((expectedColumns, expectedRows), (screen.Columns, screen.Rows));
    }
}
