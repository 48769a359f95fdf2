using System.Runtime.Intrinsics;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// Shrinks a picture of bytes as OpenCV 4 does with <c>INTER_AREA</c>, bit for bit: grey or interleaved channels.
/// Rounded to nearest, halves to even. When both axes shrink by whole factors OpenCV averages integers instead; so does
/// this.
/// </summary>
public sealed class AreaResize : IFrameOperation
{
    private readonly AreaRows<byte, Vector256<byte>, ByteGather>? _rows;
    private readonly WholeFactorArea? _whole;

    /// <summary>Prepares the weights.</summary>
    /// <param name="input">Pictures of bytes.</param>
    /// <param name="width">Width of the result, 1 .. width of the input.</param>
    /// <param name="height">Height of the result, 1 .. height of the input.</param>
    /// <exception cref="ArgumentException">The input is not of bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result would be empty or larger than the input.</exception>
    public AreaResize(FrameFormat input, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(AreaResize), ElementType.UInt8);
        ThrowIfLarger(input, width, height);
        Input = input;
        Output = input with { Width = width, Height = height };
        if (input.Width % width == 0 && input.Height % height == 0)
        {
            _whole = new WholeFactorArea(input, Output);
        }
        else
        {
            _rows = new AreaRows<byte, Vector256<byte>, ByteGather>(
                input.Height, input.Width, input.Channels, height, width);
        }
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
        if (_rows is null)
        {
            _whole!.Apply(frame, result);
            return;
        }

        _rows.Begin();
        for (var row = 0; row < Output.Height; row++)
        {
            ByteRow.Round(_rows.Row(frame, row), result.Slice(row * Output.RowElements, Output.RowElements));
        }
    }

    internal static void ThrowIfLarger(FrameFormat input, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, input.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, input.Height);
    }
}
