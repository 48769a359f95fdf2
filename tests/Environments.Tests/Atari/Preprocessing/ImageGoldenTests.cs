using System.Runtime.InteropServices;
using System.Text.Json;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>The image operations against what OpenCV and Pillow gave, every byte.</summary>
[Trait("Category", "GoldenGym")]
public sealed class ImageGoldenTests
{
    private const int Size = 84;

    private static readonly FrameFormat Gray = FrameFormat.Gray(GoldenImage.Height, GoldenImage.Width);
    private static readonly FrameFormat Rgb = FrameFormat.Rgb(GoldenImage.Height, GoldenImage.Width);

    public static TheoryData<string, int, string> Outputs
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var file in GoldenFiles.Of(GoldenKind.AtariImages))
            {
                var index = 0;
                foreach (var image in GoldenFiles.Open(file).GetProperty("images").EnumerateArray())
                {
                    foreach (var output in image.GetProperty("outputs").EnumerateObject())
                    {
                        data.Add(file, index, output.Name);
                    }

                    index++;
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Output_IsTheRecordedOne(string file, int index, string output)
    {
        var image = GoldenFiles.Open(file).GetProperty("images")[index];
        var expected = image.GetProperty("outputs").GetProperty(output).GetProperty("base64").GetBytesFromBase64();

        var actual = Make(output, image);

        Assert.Equal(expected.Length, actual.Length);
        Assert.True(
            expected.AsSpan().SequenceEqual(actual),
            $"first difference at byte {expected.AsSpan().CommonPrefixLength(actual)}");
    }

    private static byte[] Make(string output, JsonElement image)
    {
        return output switch
        {
            "area84_gray" => Apply(GoldenImage.Draw(image, rgb: false), new AreaResize(Gray, Size, Size)),
            "pooled_area84_gray" =>
                Apply(Pooled(image.GetProperty("index").GetInt32()), new AreaResize(Gray, Size, Size)),
            "area84_rgb" => FromRgb(new AreaResize(Rgb, Size, Size)),
            "processframe84" => FromRgb(new ProcessFrame84(Rgb)),
            "processframe84_float" => ProcessFrame84InSinglePrecision(),
            "processframe84_luma_truncated_first" =>
                Apply(
                    TruncatedLuma(),
                    new AreaResize(Gray, Size, 110),
                    new Crop(FrameFormat.Gray(110, Size), 18, 8, 0, 0)),
            "warpframe_rgb2gray_area84" => FromRgb(RgbToGray.OpenCv(Rgb), new AreaResize(Gray, Size, Size)),
            "pil_crop_bicubic_rgb" => FromRgb(CroppedResize()),
            "pil_crop_luma_pm1" => FromRgb([.. CroppedResize(), new LumaToSignedUnit(FrameFormat.Rgb(Size, Size))]),
            "pil_crop_convert_L" => FromRgb([.. CroppedResize(), RgbToGray.Pillow(FrameFormat.Rgb(Size, Size))]),
            _ => throw new InvalidOperationException(
                $"The recordings hold an output '{output}' that nothing here gives."),
        };

        byte[] FromRgb(params IFrameOperation[] operations) => Apply(GoldenImage.Draw(image, rgb: true), operations);

        byte[] ProcessFrame84InSinglePrecision()
        {
            var luma = MemoryMarshal.AsBytes(Luma(GoldenImage.Draw(image, rgb: true)).AsSpan()).ToArray();
            var single = Gray with { ElementType = ElementType.Float32 };
            return Apply(
                luma,
                new SingleAreaResize(single, Size, 110),
                new Crop(single with { Height = 110, Width = Size }, 18, 8, 0, 0));
        }

        byte[] TruncatedLuma() => [.. Luma(GoldenImage.Draw(image, rgb: true)).Select(value => (byte)value)];
    }

    private static IFrameOperation[] CroppedResize()
    {
        var crop = new Crop(Rgb, 30, 17, 7, 7);
        return [crop, new PillowResize(crop.Output, Size, Size, PillowFilter.Bicubic)];
    }

    private static float[] Luma(byte[] rgb)
    {
        var luma = new float[rgb.Length / 3];
        ProcessFrame84.Luma(rgb, luma);
        return luma;
    }

    private static byte[] Pooled(int index)
    {
        var pooled = GoldenImage.Draw(index, "noise", rgb: false);
        PairMaximum.Compute(pooled, GoldenImage.Draw(index, "blocks", rgb: false), pooled);
        return pooled;
    }

    private static byte[] Apply(byte[] frame, params IFrameOperation[] operations)
    {
        foreach (var operation in operations)
        {
            var result = new byte[operation.Output.ByteCount];
            operation.Apply(frame, result);
            frame = result;
        }

        return frame;
    }
}
