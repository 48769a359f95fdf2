using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// Resizes a picture of bytes as Pillow's <c>Image.resize</c> does, bit for bit, grey or RGB: rows first, rounded to
/// bytes, then columns, both in fixed point. The filter widens with the factor of shrinking ("antialiased"), as it does
/// in torchvision when that resizes Pillow images.
/// </summary>
public sealed class PillowResize : IFrameOperation
{
    private const int ControlBytes = 32;
    private const int Half = 1 << (PillowTaps.FractionBits - 1);

    private readonly AxisTaps<int> _vertical;
    private readonly RowWindows<int> _windows;
    private readonly byte[] _controls;
    private readonly int[] _offsets;
    private readonly byte[] _narrowed;
    private readonly byte[] _row;

    /// <summary>Prepares the weights.</summary>
    /// <param name="input">Pictures of bytes.</param>
    /// <param name="width">Width of the result, at least 1.</param>
    /// <param name="height">Height of the result, at least 1.</param>
    /// <param name="filter">The filter.</param>
    /// <exception cref="ArgumentException">The input is not of bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result would be empty.</exception>
    public PillowResize(FrameFormat input, int width, int height, PillowFilter filter)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfNot(nameof(PillowResize), ElementType.UInt8);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Input = input;
        Output = input with { Width = width, Height = height };
        _vertical = PillowTaps.Create(input.Height, height, filter);
        _windows = new RowWindows<int>(
            PillowTaps.Create(input.Width, width, filter), input.Channels, ByteGather.WindowLength);
        _offsets = new int[_vertical.MaxCount];
        _narrowed = new byte[_vertical.MaxCount * _windows.PaddedElements];
        _row = new byte[_windows.PaddedElements];
        _controls = new byte[_windows.Weights.Length / RowWindows<int>.Block * ControlBytes];
        if (_windows.Fits)
        {
            for (var i = 0; i < _controls.Length / ControlBytes; i++)
            {
                ByteGather.Prepare(
                    _windows.Places.Slice(i * RowWindows<int>.Block, RowWindows<int>.Block),
                    _controls.AsSpan(i * ControlBytes, ControlBytes));
            }
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
        var nextSource = 0;
        for (var row = 0; row < Output.Height; row++)
        {
            for (nextSource = Math.Max(nextSource, _vertical.First(row)); nextSource < _vertical.End(row); nextSource++)
            {
                Narrow(
                    frame.Slice(nextSource * Input.RowElements, Input.RowElements),
                    _narrowed.AsSpan(OffsetOf(nextSource), _windows.PaddedElements));
            }

            Add(row);
            _row.AsSpan(0, Output.RowElements).CopyTo(result[(row * Output.RowElements)..]);
        }
    }

    private void Narrow(ReadOnlySpan<byte> source, Span<byte> narrowed)
    {
        if (!_windows.Fits)
        {
            NarrowOneByOne(source, narrowed);
            return;
        }

        // The windows were placed inside a row of SourceElements, which source is; there are a control and a weight for
        // every tap.
        ref var pixels = ref MemoryMarshal.GetReference(source);
        ref var start = ref MemoryMarshal.GetReference(_windows.Starts);
        ref var control = ref MemoryMarshal.GetArrayDataReference(_controls);
        ref var weight = ref MemoryMarshal.GetReference(_windows.Weights);
        var tapsPerWindow = _windows.TapsPerWindow;
        for (var block = 0; block < _windows.Blocks; block++)
        {
            var sum = Vector256.Create(Half);
            for (var taps = _windows.TapsPerBlock; taps > 0; taps -= tapsPerWindow)
            {
                var windows = ByteGather.Load(
                    in Unsafe.Add(ref pixels, start), in Unsafe.Add(ref pixels, Unsafe.Add(ref start, 1)));
                start = ref Unsafe.Add(ref start, 2);
                for (var tap = 0; tap < tapsPerWindow; tap++)
                {
                    sum += ByteGather.TakeIntegers(windows, Vector256.LoadUnsafe(ref control)) * Vector256.LoadUnsafe(
                        ref weight);
                    control = ref Unsafe.Add(ref control, ControlBytes);
                    weight = ref Unsafe.Add(ref weight, Vector256<int>.Count);
                }
            }

            ByteRow.Store(sum >> PillowTaps.FractionBits, narrowed, block * Vector256<int>.Count);
        }
    }

    private void NarrowOneByOne(ReadOnlySpan<byte> source, Span<byte> narrowed)
    {
        for (var element = 0; element < narrowed.Length; element++)
        {
            var sum = Half;
            for (var tap = 0; tap < _windows.TapsPerBlock; tap++)
            {
                var index = _windows.IndexOf(element, tap);
                sum += source[_windows.Sources[index]] * _windows.Weights[index];
            }

            narrowed[element] = (byte)Math.Clamp(sum >> PillowTaps.FractionBits, 0, byte.MaxValue);
        }
    }

    private void Add(int row)
    {
        var weights = _vertical.Weights(row);
        var offsets = _offsets.AsSpan(0, weights.Length);
        for (var k = 0; k < weights.Length; k++)
        {
            offsets[k] = OffsetOf(_vertical.First(row) + k);
        }

        ref var narrowed = ref MemoryMarshal.GetArrayDataReference(_narrowed);
        for (var i = 0; i < _row.Length; i += Vector256<int>.Count)
        {
            var sum = Vector256.Create(Half);
            for (var k = 0; k < weights.Length; k++)
            {
                sum += LoadWidened(in Unsafe.Add(ref narrowed, i + offsets[k])) * weights[k];
            }

            ByteRow.Store(sum >> PillowTaps.FractionBits, _row, i);
        }
    }

    /// <summary>The narrowed rows that one row of the result needs are consecutive: they are kept in turn.</summary>
    private int OffsetOf(int sourceRow) => sourceRow % _vertical.MaxCount * _windows.PaddedElements;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> LoadWidened(ref readonly byte bytes)
    {
        var eight = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in bytes)).AsByte();
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int32(eight);
        }

        var words = Vector128.WidenLower(eight).AsInt16();
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
    }
}
