using DqnAspire.Core.Lanes;
using DqnAspire.Play.Recordings.Gif;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class GifWriterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static byte[] Palette { get; } =
        [.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)i, (byte)(255 - i), (byte)(i / 2)])];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APalette_IsTheFilesOwn_AndPicturesKeepTheirColours()
    {
        var format = new FilmFormat(16, 16) { Palette = Palette, FramesPerSecond = 50 };
        var first = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var second = first.ToArray();
        (second[(3 * 16) + 5], second[(7 * 16) + 2]) = (200, 201);

        var gif = Write(format, first, second, second);

        Assert.Equal((16, 16, 0), (gif.Width, gif.Height, gif.Repeats!.Value));
        Assert.Equal(Palette, gif.GlobalTable);
        Assert.Equal([Rgb(first), Rgb(second), Rgb(second)], gif.Pictures);
        // Only the rectangle around both changes; of an equal picture one pixel, as an image is never empty.
        Assert.Equal(
            [(0, 0, 16, 16, false), (2, 3, 4, 5, false), (0, 0, 1, 1, false)], gif.Rectangles);
    }

    [Theory]
    [InlineData(30, 100, 333)]
    [InlineData(50, 50, 100)]
    [InlineData(12.5, 25, 200)]
    [InlineData(29.97, 300, 1001)]
    public void Delays_AreRightInTheMean(double framesPerSecond, int pictures, int hundredths)
    {
        var format = new FilmFormat(1, 1) { Palette = Palette, FramesPerSecond = framesPerSecond };

        var gif = Write(format, [.. Enumerable.Range(0, pictures).Select(i => (byte[])[(byte)i])]);

        Assert.Equal(hundredths, gif.Delays.Sum());
        Assert.True(gif.Delays.Max() - gif.Delays.Min() <= 1);
    }

    [Fact]
    public void MorePicturesThanViewersShow_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new GifWriter(_folder["x.gif"], new FilmFormat(1, 1) { FramesPerSecond = 60 }));

    [Fact]
    public void RgbPictures_AreExact_WithTablesOfTheirOwnWhereColoursAreNew()
    {
        var format = new FilmFormat(32, 16) { FramesPerSecond = 25 };
        var few = new byte[format.PictureBytes];
        var more = Noise(format, seed: 1, colours: 200);
        var others = Noise(format, seed: 2, colours: 256);

        var gif = Write(format, few, more, others, few);

        Assert.Equal([few, more, others, few], gif.Pictures);
        Assert.Equal([false, true, true, false], gif.Rectangles.Select(r => r.HasTable));
    }

    [Fact]
    public void MoreThan256Colours_GetTheNearest()
    {
        var format = new FilmFormat(64, 32) { FramesPerSecond = 25 };
        var gradient = new byte[format.PictureBytes];
        for (var i = 0; i < gradient.Length / 3; i++)
        {
            (gradient[3 * i], gradient[(3 * i) + 1]) = ((byte)(4 * (i % 64)), (byte)(8 * (i / 64)));
        }

        var gif = Write(format, gradient);

        // 2,048 colours in 256 boxes: each box has about 8 of them, 2 by 4 steps.
        var errors = gradient.Zip(gif.Pictures[0], (a, b) => Math.Abs(a - b)).ToList();
        Assert.InRange(errors.Max(), 1, 32);
        Assert.InRange(errors.Average(), 0, 6);
        Assert.True(gif.GlobalTable!.Length == 3 * 256);
    }

    [Fact]
    public void AFileThatIsNotCompleted_IsRemoved()
    {
        using (var writer = new GifWriter(_folder["x.gif"], new FilmFormat(2, 2) { FramesPerSecond = 25 }))
        {
            writer.Add(new byte[12], []);
            Assert.Equal(["x.gif.part"], _folder.Files);
        }

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void AnIndependentReader_SeesTheSamePictures()
    {
        var format = new FilmFormat(20, 10) { Palette = Palette, FramesPerSecond = 30 };
        var pictures = Enumerable.Range(0, 7).Select(n => Enumerable.Range(0, 200)
            .Select(i => (byte)((i / 20) > n ? 7 : (i * 13) + (n % 3))).ToArray()).ToArray();
        Write(format, pictures);

        var raw = MediaTools.Run(
            "ffmpeg", "-v", "error", "-i", _folder["x.gif"], "-fps_mode", "passthrough", "-pix_fmt", "rgb24",
            "-f", "rawvideo", _folder["x.rgb"]);

        Assert.Equal("", raw);
        Assert.Equal(pictures.SelectMany(Rgb), File.ReadAllBytes(_folder["x.rgb"]));
        var times = MediaTools.Run(
            "ffprobe", "-v", "error", "-show_entries", "packet=duration_time", "-of", "csv=p=0", _folder["x.gif"]);
        Assert.Equal("0.030000 0.040000 0.030000 0.030000 0.040000 0.030000 0.030000", string.Join(' ', times.Split()));
    }

    private static byte[] Rgb(byte[] picture) => [.. picture.SelectMany(i => Palette.AsSpan(3 * i, 3).ToArray())];

    private static byte[] Noise(FilmFormat format, int seed, int colours)
    {
        var random = new Random(seed);
        var table = Enumerable.Range(0, colours).Select(_ => (byte[])[.. Enumerable.Range(0, 3)
            .Select(_ => (byte)random.Next(1, 255))]).ToArray();
        return [.. Enumerable.Range(0, format.Width * format.Height).SelectMany(i => table[i % colours])];
    }

    private GifReader Write(FilmFormat format, params byte[][] pictures)
    {
        using var writer = new GifWriter(_folder["x.gif"], format);
        foreach (var picture in pictures)
        {
            writer.Add(picture, []);
        }

        writer.Complete();
        return new GifReader(File.ReadAllBytes(_folder["x.gif"]));
    }
}
