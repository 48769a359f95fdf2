using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// The wrapper of that name in early DQN code: luma in single precision, area resize to 84 wide and 110 high, of which
/// rows 18 to 101 are kept, and only then truncated to bytes.
/// </summary>
public sealed class ProcessFrame84 : IFrameOperation
{
    private const int Size = 84;
    private const int ResizedHeight = 110;
    private const int FirstRow = 18;
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    private readonly AreaRows<float, (Vector256<float> First, Vector256<float> Second), SingleGather> _rows;
    private readonly float[] _luma;

    /// <summary>Prepares the weights.</summary>
    /// <param name="input">RGB bytes, at least 84 wide and 110 high and not both whole multiples of these.</param>
    /// <exception cref="ArgumentException">The input is another format.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The input is too small.</exception>
    public ProcessFrame84(FrameFormat input)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(ProcessFrame84), ElementType.UInt8, channels: 3);
        AreaResize.ThrowIfLarger(input, Size, ResizedHeight);
        if (input.Width % Size == 0 && input.Height % ResizedHeight == 0)
        {
            throw new ArgumentException(
                $"{input} shrinks by whole factors, for which the resize in single precision is not defined here.",
                nameof(input));
        }

        Input = input;
        _rows = new AreaRows<float, (Vector256<float> First, Vector256<float> Second), SingleGather>(
            input.Height, input.Width, 1, ResizedHeight, Size);
        _luma = new float[input.Height * input.Width];
    }

    /// <inheritdoc/>
    public FrameFormat Input { get; }

    /// <inheritdoc/>
    public FrameFormat Output { get; } = FrameFormat.Gray(Size, Size);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> frame, Span<byte> result)
    {
        Input.ThrowIfTooShort(frame);
        Output.ThrowIfTooShort(result);
        var firstSource = _rows.FirstSource(FirstRow);
        var endSource = _rows.EndSource(FirstRow + Size - 1);
        Luma(
            frame[(firstSource * Input.RowElements)..(endSource * Input.RowElements)],
            _luma.AsSpan(firstSource * Input.Width, (endSource - firstSource) * Input.Width));
        _rows.Begin();
        for (var row = 0; row < Size; row++)
        {
            ByteRow.Truncate(_rows.Row(_luma, FirstRow + row), result.Slice(row * Size, Size));
        }
    }

    /// <summary>(R * 0.299 + G * 0.587) + B * 0.114, each step rounded to single precision.</summary>
    internal static void Luma(ReadOnlySpan<byte> rgb, Span<float> luma)
    {
        ref var source = ref MemoryMarshal.GetReference(rgb);
        ref var destination = ref MemoryMarshal.GetReference(luma);
        var pixel = 0;
        for (; (pixel * 3) + RgbPixels.BytesRead <= rgb.Length; pixel += RgbPixels.Count)
        {
            var (red, green, blue) = RgbPixels.Load(in Unsafe.Add(ref source, pixel * 3));
            var sum = (Vector256.ConvertToSingle(red) * Red) + (Vector256.ConvertToSingle(green) * Green)
                + (Vector256.ConvertToSingle(blue) * Blue);
            sum.StoreUnsafe(ref destination, (nuint)pixel);
        }

        for (; pixel < luma.Length; pixel++)
        {
            luma[pixel] = (rgb[pixel * 3] * Red) + (rgb[(pixel * 3) + 1] * Green) + (rgb[(pixel * 3) + 2] * Blue);
        }
    }
}
