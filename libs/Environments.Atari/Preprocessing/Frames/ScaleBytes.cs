using System.Runtime.InteropServices;
using DqnAspire.Core;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>Bytes made single-precision numbers by a <see cref="ByteScaling"/>.</summary>
public sealed class ScaleBytes : IFrameOperation
{
    private readonly float[] _values;

    /// <summary>Prepares the 256 values.</summary>
    /// <param name="input">Pictures of bytes.</param>
    /// <param name="scaling">The scaling.</param>
    /// <exception cref="ArgumentException">The input is not of bytes.</exception>
    public ScaleBytes(FrameFormat input, ByteScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(ScaleBytes), ElementType.UInt8);
        Input = input;
        _values = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(level => Scale(level, scaling))];
        Output = input with { ElementType = ElementType.Float32, Low = _values[0], High = _values[^1] };
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
            values[i] = _values[frame[i]];
        }
    }

    private static float Scale(int level, ByteScaling scaling) => scaling switch
    {
        ByteScaling.None => level,
        ByteScaling.Unit => level / 255f,
        ByteScaling.SignedUnit => (float)((level * 2.0 / 255) - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(scaling), scaling, "There is no such scaling."),
    };
}
