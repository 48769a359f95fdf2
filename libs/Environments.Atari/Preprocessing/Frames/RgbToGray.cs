using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// 8-bit luma of 8-bit RGB, 0.299 R + 0.587 G + 0.114 B in fixed point, rounded to nearest. The libraries that recipes
/// were written with keep different numbers of bits, so that some pixels differ by one between them.
/// </summary>
public sealed class RgbToGray : IFrameOperation
{
    private readonly int _red;
    private readonly int _green;
    private readonly int _blue;
    private readonly int _bits;

    private RgbToGray(FrameFormat input, int red, int green, int blue, int bits)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(RgbToGray), ElementType.UInt8, channels: 3);
        Input = input;
        Output = input with { Channels = 1 };
        (_red, _green, _blue, _bits) = (red, green, blue, bits);
    }

    /// <inheritdoc/>
    public FrameFormat Input { get; }

    /// <inheritdoc/>
    public FrameFormat Output { get; }

    /// <summary>OpenCV 4's <c>COLOR_RGB2GRAY</c>: 15 bits.</summary>
    /// <param name="input">Pictures of RGB bytes.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">The input is another format.</exception>
    public static RgbToGray OpenCv(FrameFormat input) => new(input, 9798, 19235, 3735, 15);

    /// <summary>Pillow's <c>convert("L")</c>: 16 bits.</summary>
    /// <param name="input">Pictures of RGB bytes.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">The input is another format.</exception>
    public static RgbToGray Pillow(FrameFormat input) => new(input, 19595, 38470, 7471, 16);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> frame, Span<byte> result)
    {
        Input.ThrowIfTooShort(frame);
        Output.ThrowIfTooShort(result);
        frame = frame[..Input.ByteCount];
        ref var source = ref MemoryMarshal.GetReference(frame);
        var half = 1 << (_bits - 1);
        var pixel = 0;
        for (; (pixel * 3) + RgbPixels.BytesRead <= frame.Length; pixel += RgbPixels.Count)
        {
            var (red, green, blue) = RgbPixels.Load(in Unsafe.Add(ref source, pixel * 3));
            var sum = (red * _red) + (green * _green) + (blue * _blue) + Vector256.Create(half);
            ByteRow.Store(sum >> _bits, result, pixel);
        }

        for (; pixel < Output.ElementCount; pixel++)
        {
            var rgb = frame.Slice(pixel * 3, 3);
            result[pixel] = (byte)(((rgb[0] * _red) + (rgb[1] * _green) + (rgb[2] * _blue) + half) >> _bits);
        }
    }
}
