using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// Shrinks a picture of single-precision numbers as OpenCV 4 does with <c>INTER_AREA</c>, bit for bit, where the two
/// axes do not both shrink by whole factors. Results are not rounded to whole numbers. It shows the sums of
/// <see cref="ProcessFrame84"/> before they are cut to bytes.
/// </summary>
internal sealed class SingleAreaResize : IFrameOperation
{
    private readonly AreaRows<float, (Vector256<float> First, Vector256<float> Second), SingleGather> _rows;

    /// <summary>Prepares the weights.</summary>
    /// <param name="input">Pictures of single-precision numbers.</param>
    /// <param name="width">Width of the result, 1 .. width of the input.</param>
    /// <param name="height">Height of the result, 1 .. height of the input.</param>
    /// <exception cref="ArgumentException">
    /// The input is not of single precision, or both axes shrink by whole factors: OpenCV adds in another order then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The result would be empty or larger than the input.</exception>
    public SingleAreaResize(FrameFormat input, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(SingleAreaResize), ElementType.Float32);
        AreaResize.ThrowIfLarger(input, width, height);
        if (input.Width % width == 0 && input.Height % height == 0)
        {
            throw new ArgumentException(
                $"{input} to {height}x{width} shrinks both axes by whole factors, "
                + "which is not offered for single precision.");
        }

        Input = input;
        Output = input with { Width = width, Height = height };
        _rows = new AreaRows<float, (Vector256<float> First, Vector256<float> Second), SingleGather>(
            input.Height, input.Width, input.Channels, height, width);
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
        var source = MemoryMarshal.Cast<byte, float>(frame);
        var destination = MemoryMarshal.Cast<byte, float>(result);
        _rows.Begin();
        for (var row = 0; row < Output.Height; row++)
        {
            _rows.Row(source, row)[..Output.RowElements].CopyTo(destination[(row * Output.RowElements)..]);
        }
    }
}
