using BenchmarkDotNet.Attributes;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Benchmarks.Micro;

/// <summary>What is done to a screen of 210 rows and 160 columns of noise.</summary>
public class PreprocessingBenchmarks
{
    private const int Size = 84;

    private static readonly FrameFormat Gray = FrameFormat.Gray(210, 160);
    private static readonly FrameFormat Rgb = FrameFormat.Rgb(210, 160);

    private readonly AreaResize _area = new(Gray, Size, Size);
    private readonly PillowResize _bilinear = new(Gray, Size, Size, PillowFilter.Bilinear);
    private readonly IFrameOperation _luminance = RgbToGray.OpenCv(Rgb);
    private readonly byte[] _screen = Noise(Gray, 1);
    private readonly byte[] _other = Noise(Gray, 2);
    private readonly byte[] _colours = Noise(Rgb, 3);
    private readonly byte[] _gray = new byte[Gray.ByteCount];
    private readonly byte[] _small = new byte[Size * Size];

    /// <summary>The maximum of two screens.</summary>
    [Benchmark]
    public void PairMaximum() =>
        DqnAspire.Environments.Atari.Preprocessing.Frames.PairMaximum.Compute(_screen, _other, _gray);

    /// <summary>Colours to luminance, as OpenCV does it.</summary>
    [Benchmark]
    public void Luminance() => _luminance.Apply(_colours, _gray);

    /// <summary>Area averaging to 84 x 84, as OpenCV does it.</summary>
    [Benchmark]
    public void Area84() => _area.Apply(_screen, _small);

    /// <summary>Bilinear resampling to 84 x 84, as Pillow does it.</summary>
    [Benchmark]
    public void Bilinear84() => _bilinear.Apply(_screen, _small);

    private static byte[] Noise(FrameFormat format, int seed)
    {
        var noise = new byte[format.ByteCount];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
