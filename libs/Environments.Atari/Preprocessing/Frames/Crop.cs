namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>Cuts a rectangle out of a picture.</summary>
public sealed class Crop : IFrameOperation
{
    private readonly int _firstByte;
    private readonly int _inputRowBytes;

    /// <summary>Chooses the rectangle.</summary>
    /// <param name="input">Pictures of any kind.</param>
    /// <param name="top">Rows left out at the top.</param>
    /// <param name="bottom">Rows left out at the bottom.</param>
    /// <param name="left">Columns left out at the left.</param>
    /// <param name="right">Columns left out at the right.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or nothing is left.</exception>
    public Crop(FrameFormat input, int top, int bottom, int left, int right)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((long)top + bottom, input.Height);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((long)left + right, input.Width);
        Input = input;
        Output = input with { Height = input.Height - top - bottom, Width = input.Width - left - right };
        _inputRowBytes = input.ByteCount / input.Height;
        _firstByte = (top * _inputRowBytes) + (left * (_inputRowBytes / input.Width));
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
        var rowBytes = Output.ByteCount / Output.Height;
        for (var row = 0; row < Output.Height; row++)
        {
            frame.Slice(_firstByte + (row * _inputRowBytes), rowBytes).CopyTo(result[(row * rowBytes)..]);
        }
    }
}
