using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// Every operation against its rule applied plainly, on pictures of random sizes; values by hand; errors.
/// </summary>
public sealed class ImageOperationTests
{
    [Fact]
    public void AreaResize_OfAnyPicture_IsThePlainRule() => ForAll(seed =>
    {
        var picture = new RandomPicture(seed);
        var format = picture.Format;

        var actual = RandomPicture.Apply(new AreaResize(format, picture.NewWidth, picture.NewHeight), picture.Pixels);

        var expected = picture.HasWholeFactors
            ? NaiveImages.WholeFactorArea(
                picture.Pixels, format.Height, format.Width, format.Channels, picture.NewHeight, picture.NewWidth)
            : NaiveImages.Rounded(NaiveImages.Area(
                Singles(picture.Pixels),
                format.Height,
                format.Width,
                format.Channels,
                picture.NewHeight,
                picture.NewWidth));
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{picture}");
    });

    [Fact]
    public void SingleAreaResize_OfAnyPicture_IsThePlainRule() => ForAll(seed =>
    {
        var picture = new RandomPicture(seed);
        var format = picture.Format with { ElementType = ElementType.Float32 };
        if (picture.HasWholeFactors)
        {
            Assert.Throws<ArgumentException>(() => new SingleAreaResize(format, picture.NewWidth, picture.NewHeight));
            return;
        }

        float[] source = [.. picture.Pixels.Select(pixel => pixel * 0.7f)];
        var actual = RandomPicture.Apply(
            new SingleAreaResize(format, picture.NewWidth, picture.NewHeight), Bytes(source));

        var expected = NaiveImages.Area(
            source, format.Height, format.Width, format.Channels, picture.NewHeight, picture.NewWidth);
        Assert.True(Bytes(expected).AsSpan().SequenceEqual(actual), $"{picture}");
    });

    [Theory]
    [InlineData(PillowFilter.Bilinear)]
    [InlineData(PillowFilter.Bicubic)]
    public void PillowResize_OfAnyPicture_IsThePlainRule(PillowFilter filter) => ForAll(seed =>
    {
        var picture = new RandomPicture(seed, mayGrow: true);
        var format = picture.Format;

        var actual = RandomPicture.Apply(
            new PillowResize(format, picture.NewWidth, picture.NewHeight, filter), picture.Pixels);

        var (function, support) = filter == PillowFilter.Bilinear
            ? ((Func<double, double>)NaiveImages.Triangle, 1.0)
            : (NaiveImages.Cubic, 2.0);
        var expected = NaiveImages.Pillow(
            picture.Pixels,
            format.Height,
            format.Width,
            format.Channels,
            picture.NewHeight,
            picture.NewWidth,
            function,
            support);
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{picture}");
    });

    [Fact]
    public void RgbToGray_OfAnyPicture_IsThePlainRule() => ForAll(seed =>
    {
        var picture = new RandomPicture(seed, channels: 3);
        var pixels = picture.Pixels.Chunk(3);

        Assert.Equal(
            [.. pixels.Select(rgb => (byte)(((9798 * rgb[0]) + (19235 * rgb[1]) + (3735 * rgb[2]) + 16384) >> 15))],
            RandomPicture.Apply(RgbToGray.OpenCv(picture.Format), picture.Pixels));
        Assert.Equal(
            [.. pixels.Select(rgb => (byte)(((19595 * rgb[0]) + (38470 * rgb[1]) + (7471 * rgb[2]) + 32768) >> 16))],
            RandomPicture.Apply(RgbToGray.Pillow(picture.Format), picture.Pixels));
    });

    [Fact]
    public void SingleLuma_OfAnyPicture_IsThePlainRule() => ForAll(seed =>
    {
        var picture = new RandomPicture(seed, channels: 3);
        var luma = new float[picture.Pixels.Length / 3];

        ProcessFrame84.Luma(picture.Pixels, luma);

        Assert.Equal(
            [.. picture.Pixels.Chunk(3).Select(rgb => (rgb[0] * 0.299f) + (rgb[1] * 0.587f) + (rgb[2] * 0.114f))],
            luma);
    });

    [Fact]
    public void LumaToSignedUnit_OfAnyPicture_IsThePlainRule() => ForAll(seed =>
    {
        var picture = new RandomPicture(seed, channels: 3);

        var actual = RandomPicture.Apply(new LumaToSignedUnit(picture.Format), picture.Pixels);

        float[] expected =
        [
            .. picture.Pixels.Chunk(3)
                .Select(rgb => (float)((((0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2])) * 2 / 255) - 1)),
        ];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(actual).ToArray());
    });

    [Fact]
    public void PairMaximum_OfAnyTwo_IsThePlainRule() => ForAll(seed =>
    {
        var first = new RandomPicture(seed).Pixels;
        var second = first.Select((pixel, i) => (byte)(i % 3 == 0 ? 255 - pixel : pixel / 2)).ToArray();
        byte[] expected = [.. first.Zip(second, Math.Max)];

        PairMaximum.Compute(first, second, second);

        Assert.Equal(expected, second);
    });

    [Fact]
    public void Crop_KeepsTheRectangle()
    {
        byte[] frame = [.. Enumerable.Range(0, 4 * 3 * 2).Select(i => (byte)i)];
        var crop = new Crop(new FrameFormat(4, 3, 2, ElementType.UInt8), top: 1, bottom: 1, left: 1, right: 0);

        Assert.Equal(new FrameFormat(2, 2, 2, ElementType.UInt8), crop.Output);
        Assert.Equal([8, 9, 10, 11, 14, 15, 16, 17], RandomPicture.Apply(crop, frame));
    }

    [Fact]
    public void Crop_WorksOnSinglePrecision()
    {
        var format = new FrameFormat(3, 2, 1, ElementType.Float32);
        var crop = new Crop(format, top: 1, bottom: 0, left: 1, right: 0);

        Assert.Equal(
            [4f, 6f], MemoryMarshal.Cast<byte, float>(RandomPicture.Apply(crop, Bytes([1, 2, 3, 4, 5, 6]))).ToArray());
    }

    [Fact]
    public void AreaResize_ByHand()
    {
        // Three columns to two: (2/3) * (a + b/2) and (2/3) * (b/2 + c).
        Assert.Equal([20, 80], RandomPicture.Apply(new AreaResize(FrameFormat.Gray(1, 3), 2, 1), [0, 60, 90]));
        // Whole factors: 2x2 rounds halves up, 3x1 to nearest.
        Assert.Equal([2], RandomPicture.Apply(new AreaResize(FrameFormat.Gray(2, 2), 1, 1), [1, 2, 1, 2]));
        Assert.Equal([1], RandomPicture.Apply(new AreaResize(FrameFormat.Gray(3, 1), 1, 1), [1, 2, 1]));
        // A mean of two lies half-way: to the even number.
        Assert.Equal([2], RandomPicture.Apply(new AreaResize(FrameFormat.Gray(1, 2), 1, 1), [2, 3]));
        Assert.Equal([4], RandomPicture.Apply(new AreaResize(FrameFormat.Gray(1, 2), 1, 1), [3, 4]));
    }

    [Fact]
    public void ScaleBytes_ByHand()
    {
        var scale = new ScaleBytes(FrameFormat.Gray(1, 3));

        Assert.Equal(
            [0f, 0.2f, 1f], MemoryMarshal.Cast<byte, float>(RandomPicture.Apply(scale, [0, 51, 255])).ToArray());
        Assert.Equal((0.0, 1.0), (scale.Output.Low, scale.Output.High));
    }

    [Fact]
    public void APictureInMemory_MustBeWhole()
    {
        var resize = new AreaResize(FrameFormat.Gray(4, 4), 3, 3);

        Assert.Equal(
            "frame", Assert.Throws<ArgumentException>(() => resize.Apply(new byte[15], new byte[9])).ParamName);
        Assert.Equal(
            "result", Assert.Throws<ArgumentException>(() => resize.Apply(new byte[16], new byte[8])).ParamName);
        Assert.Throws<ArgumentException>(() => PairMaximum.Compute(new byte[3], new byte[4], new byte[4]));
        Assert.Throws<ArgumentException>(() => PairMaximum.Compute(new byte[4], new byte[4], new byte[3]));
    }

    [Fact]
    public void AnOperation_RefusesFormatsItDoesNotKnow()
    {
        var gray = FrameFormat.Gray(210, 160);
        var single = gray with { ElementType = ElementType.Float32 };

        Assert.Contains(
            "210x160x1 UInt8",
            Assert.Throws<ArgumentException>(() => RgbToGray.OpenCv(gray)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ProcessFrame84(gray));
        Assert.Throws<ArgumentException>(() => new LumaToSignedUnit(gray));
        Assert.Throws<ArgumentException>(() => new AreaResize(single, 84, 84));
        Assert.Throws<ArgumentException>(() => new SingleAreaResize(gray, 84, 84));
        Assert.Throws<ArgumentException>(() => new PillowResize(single, 84, 84, PillowFilter.Bicubic));
        Assert.Throws<ArgumentException>(() => new ProcessFrame84(FrameFormat.Rgb(110, 84)));
    }

    [Fact]
    public void AnAreaResize_DoesNotEnlarge()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AreaResize(FrameFormat.Gray(210, 160), 161, 84));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AreaResize(FrameFormat.Gray(210, 160), 84, 211));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AreaResize(FrameFormat.Gray(210, 160), 0, 84));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Crop(FrameFormat.Gray(210, 160), 100, 110, 0, 0));
    }

    private static void ForAll(Action<uint> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), property).QuickCheckThrowOnFailure();

    private static float[] Singles(byte[] pixels) => [.. pixels.Select(pixel => (float)pixel)];

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
