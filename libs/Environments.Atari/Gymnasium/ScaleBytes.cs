using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Frames;

namespace DqnAspire.Environments.Atari.Gymnasium;

/// <summary>Bytes divided by 255 in single precision: 0 .. 1, as Gymnasium's <c>scale_obs</c> does.</summary>
public sealed class ScaleBytes : IFrameOperation
{
    private const float Max = byte.MaxValue;

    /// <summary>Takes the format.</summary>
    /// <param name="input">Pictures of bytes.</param>
    /// <exception cref="ArgumentException">The input is not of bytes.</exception>
    public ScaleBytes(FrameFormat input)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(ScaleBytes), ElementType.UInt8);
        Input = input;
        Output = input with { ElementType = ElementType.Float32, Low = 0, High = 1 };
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
        frame = frame[..Input.ByteCount];
        var values = MemoryMarshal.Cast<byte, float>(result);
        for (var i = 0; i < frame.Length; i++)
        {
            values[i] = frame[i] / Max;
        }
    }
}
