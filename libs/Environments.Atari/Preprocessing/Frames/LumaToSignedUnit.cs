using System.Runtime.InteropServices;
using DqnAspire.Core;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// Luma of 8-bit RGB on -1 .. 1 in single precision: y = 0.299 R + 0.587 G + 0.114 B, then y * 2 / 255 - 1, in double
/// precision to the end. No step rounds the luma to a byte, so that the result cannot be kept as one.
/// </summary>
public sealed class LumaToSignedUnit : IFrameOperation
{
    private const int Levels = byte.MaxValue + 1;

    // Products with each of the 256 levels; taken from a table they are the same numbers.
    private static readonly double[] Red = Products(0.299);
    private static readonly double[] Green = Products(0.587);
    private static readonly double[] Blue = Products(0.114);

    /// <summary>Takes the format.</summary>
    /// <param name="input">Pictures of RGB bytes.</param>
    /// <exception cref="ArgumentException">The input is another format.</exception>
    public LumaToSignedUnit(FrameFormat input)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(LumaToSignedUnit), ElementType.UInt8, channels: 3);
        Input = input;
        Output = input with { Channels = 1, ElementType = ElementType.Float32, Low = -1, High = 1 };
    }

    /// <inheritdoc/>
    public FrameFormat Input { get; }

    /// <inheritdoc/>
    public FrameFormat Output { get; }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> frame, Span<byte> result)
    {
        Input.ThrowIfTooShort(frame);
        Output.ThrowIfTooShort(result);
        var values = MemoryMarshal.Cast<byte, float>(result)[..Output.ElementCount];
        var source = 0;
        for (var i = 0; i < values.Length; i++, source += 3)
        {
            var luma = Red[frame[source]] + Green[frame[source + 1]] + Blue[frame[source + 2]];
            values[i] = (float)((luma * 2 / byte.MaxValue) - 1);
        }
    }

    private static double[] Products(double factor) => [.. Enumerable.Range(0, Levels).Select(level => factor * level)];
}
