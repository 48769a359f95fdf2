using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// Area interpolation row by row, with OpenCV's roundings: each source row is first narrowed, then narrowed rows are
/// added with their weights, every product and every sum rounded to single precision in ascending order of sources. A
/// fused multiply-add would round once less.
/// </summary>
/// <typeparam name="TPixel">Type of a source element.</typeparam>
/// <typeparam name="TWindows">Two windows in registers.</typeparam>
/// <typeparam name="TGather">How elements are taken out of a row.</typeparam>
internal sealed class AreaRows<TPixel, TWindows, TGather>
    where TPixel : unmanaged
    where TGather : struct, IRowGather<TPixel, TWindows>
{
    private const int ControlBytes = 32;

    private readonly AxisTaps<float> _vertical;
    private readonly RowWindows<float> _windows;
    private readonly byte[] _controls;
    private readonly int[] _offsets;
    private readonly float[] _narrowed;
    private readonly float[] _row;
    private int _nextSource;

    /// <param name="height">Source rows.</param>
    /// <param name="width">Source pixels of a row.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="newHeight">Rows to give.</param>
    /// <param name="newWidth">Pixels of a row to give.</param>
    public AreaRows(int height, int width, int channels, int newHeight, int newWidth)
    {
        _vertical = AreaTaps.Create(height, newHeight);
        _windows = new RowWindows<float>(AreaTaps.Create(width, newWidth), channels, TGather.WindowLength);
        _offsets = new int[_vertical.MaxCount];
        _narrowed = new float[_vertical.MaxCount * _windows.PaddedElements];
        _row = new float[_windows.PaddedElements];
        _controls = new byte[_windows.Weights.Length / RowWindows<float>.Block * ControlBytes];
        if (_windows.Fits)
        {
            for (var i = 0; i < _controls.Length / ControlBytes; i++)
            {
                TGather.Prepare(
                    _windows.Places.Slice(i * RowWindows<float>.Block, RowWindows<float>.Block),
                    _controls.AsSpan(i * ControlBytes, ControlBytes));
            }
        }
    }

    /// <summary>First source row that a row needs.</summary>
    public int FirstSource(int row) => _vertical.First(row);

    /// <summary>One above the last source row that a row needs.</summary>
    public int EndSource(int row) => _vertical.End(row);

    /// <summary>Begins a new picture.</summary>
    public void Begin() => _nextSource = 0;

    /// <summary>One row of the result; rows must be asked for in ascending order.</summary>
    /// <param name="source">The whole source picture.</param>
    /// <param name="row">The row.</param>
    /// <returns>
    /// The row's elements, in memory that holds whole blocks of eight and is overwritten by the next call.
    /// </returns>
    public ReadOnlySpan<float> Row(ReadOnlySpan<TPixel> source, int row)
    {
        for (var s = Math.Max(_nextSource, _vertical.First(row)); s < _vertical.End(row); s++)
        {
            Narrow(
                source.Slice(s * _windows.SourceElements, _windows.SourceElements),
                _narrowed.AsSpan(OffsetOf(s), _windows.PaddedElements));
            _nextSource = s + 1;
        }

        Add(row);
        return _row;
    }

    private void Narrow(ReadOnlySpan<TPixel> source, Span<float> narrowed)
    {
        if (!_windows.Fits)
        {
            NarrowOneByOne(source, narrowed);
            return;
        }

        // The windows were placed inside a row of SourceElements, which source is; there are a control and a weight for
        // every tap.
        ref var pixels = ref MemoryMarshal.GetReference(source);
        ref var result = ref MemoryMarshal.GetReference(narrowed);
        ref var start = ref MemoryMarshal.GetReference(_windows.Starts);
        ref var control = ref MemoryMarshal.GetArrayDataReference(_controls);
        ref var weight = ref MemoryMarshal.GetReference(_windows.Weights);
        var tapsPerWindow = _windows.TapsPerWindow;
        var tapsPerBlock = _windows.TapsPerBlock;
        for (nuint i = 0; i < (nuint)narrowed.Length; i += (nuint)Vector256<float>.Count)
        {
            var sum = Vector256<float>.Zero;
            for (var taps = tapsPerBlock; taps > 0; taps -= tapsPerWindow)
            {
                var windows = TGather.Load(
                    in Unsafe.Add(ref pixels, start), in Unsafe.Add(ref pixels, Unsafe.Add(ref start, 1)));
                start = ref Unsafe.Add(ref start, 2);
                for (var tap = 0; tap < tapsPerWindow; tap++)
                {
                    sum += TGather.Take(windows, Vector256.LoadUnsafe(ref control)) * Vector256.LoadUnsafe(ref weight);
                    control = ref Unsafe.Add(ref control, ControlBytes);
                    weight = ref Unsafe.Add(ref weight, Vector256<float>.Count);
                }
            }

            sum.StoreUnsafe(ref result, i);
        }
    }

    private void NarrowOneByOne(ReadOnlySpan<TPixel> source, Span<float> narrowed)
    {
        for (var element = 0; element < narrowed.Length; element++)
        {
            var sum = 0f;
            for (var tap = 0; tap < _windows.TapsPerBlock; tap++)
            {
                var index = _windows.IndexOf(element, tap);
                sum += TGather.Convert(source[_windows.Sources[index]]) * _windows.Weights[index];
            }

            narrowed[element] = sum;
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
        ref var result = ref MemoryMarshal.GetArrayDataReference(_row);
        for (nuint i = 0; i < (nuint)_row.Length; i += (nuint)Vector256<float>.Count)
        {
            var sum = Vector256.LoadUnsafe(ref narrowed, i + (nuint)offsets[0]) * weights[0];
            for (var k = 1; k < weights.Length; k++)
            {
                sum += Vector256.LoadUnsafe(ref narrowed, i + (nuint)offsets[k]) * weights[k];
            }

            sum.StoreUnsafe(ref result, i);
        }
    }

    /// <summary>The narrowed rows that one row of the result needs are consecutive: they are kept in turn.</summary>
    private int OffsetOf(int sourceRow) => sourceRow % _vertical.MaxCount * _windows.PaddedElements;
}
