using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// Area interpolation row by row, with OpenCV's roundings: each source row is first narrowed, then narrowed rows are added with
/// their weights, every product and every sum rounded to single precision in ascending order of sources. A fused multiply-add would
/// round once less.
/// </summary>
/// <typeparam name="TPixel">Type of a source element.</typeparam>
/// <typeparam name="TGather">How elements are taken out of a row.</typeparam>
internal sealed class AreaRows<TPixel, TGather>
    where TPixel : unmanaged
    where TGather : struct, IRowGather<TPixel>
{
    private const int ControlBytes = 32;

    private readonly AxisTaps<float> _vertical;
    private readonly RowWindows<float> _windows;
    private readonly byte[] _controls;
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
        _narrowed = new float[_vertical.MaxCount * _windows.PaddedElements];
        _row = new float[_windows.PaddedElements];
        _controls = new byte[_windows.Weights.Length / RowWindows<float>.Block * ControlBytes];
        if (_windows.Fits)
        {
            for (var i = 0; i < _controls.Length / ControlBytes; i++)
            {
                TGather.Prepare(_windows.Places.Slice(i * RowWindows<float>.Block, RowWindows<float>.Block), _controls.AsSpan(i * ControlBytes, ControlBytes));
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
    /// <returns>The row's elements, in memory that holds whole blocks of eight and is overwritten by the next call.</returns>
    public ReadOnlySpan<float> Row(ReadOnlySpan<TPixel> source, int row)
    {
        for (var s = Math.Max(_nextSource, _vertical.First(row)); s < _vertical.End(row); s++)
        {
            Narrow(source.Slice(s * _windows.SourceElements, _windows.SourceElements), Narrowed(s));
            _nextSource = s + 1;
        }

        Add(row);
        return _row;
    }

    /// <summary>The narrowed rows that one row of the result needs are consecutive: they are kept in turn.</summary>
    private Span<float> Narrowed(int sourceRow) =>
        _narrowed.AsSpan(sourceRow % _vertical.MaxCount * _windows.PaddedElements, _windows.PaddedElements);

    private void Narrow(ReadOnlySpan<TPixel> source, Span<float> narrowed)
    {
        if (!_windows.Fits)
        {
            NarrowOneByOne(source, narrowed);
            return;
        }

        // The windows were placed inside a row of SourceElements, which source is; one control and one weight an element of it.
        ref var pixels = ref MemoryMarshal.GetReference(source);
        ref var result = ref MemoryMarshal.GetReference(narrowed);
        ref var start = ref MemoryMarshal.GetReference(_windows.Starts);
        ref var control = ref MemoryMarshal.GetArrayDataReference(_controls);
        ref var weight = ref MemoryMarshal.GetReference(_windows.Weights);
        var taps = _windows.TapsPerBlock;
        for (nint block = 0, i = 0; block < _windows.Blocks; block++)
        {
            var sum = Vector256<float>.Zero;
            for (var tap = 0; tap < taps; tap++, i++)
            {
                var values = TGather.Gather(
                    in Unsafe.Add(ref pixels, Unsafe.Add(ref start, 2 * i)),
                    in Unsafe.Add(ref pixels, Unsafe.Add(ref start, (2 * i) + 1)),
                    Vector256.LoadUnsafe(ref control, (nuint)(i * ControlBytes)));
                sum += values * Vector256.LoadUnsafe(ref weight, (nuint)(i * Vector256<float>.Count));
            }

            sum.StoreUnsafe(ref result, (nuint)(block * Vector256<float>.Count));
        }
    }

    private void NarrowOneByOne(ReadOnlySpan<TPixel> source, Span<float> narrowed)
    {
        const int Block = RowWindows<float>.Block;
        for (var element = 0; element < narrowed.Length; element++)
        {
            var sum = 0f;
            for (var tap = 0; tap < _windows.TapsPerBlock; tap++)
            {
                var index = (((element / Block * _windows.TapsPerBlock) + tap) * Block) + (element % Block);
                sum += TGather.Convert(source[_windows.SourceOf(index)]) * _windows.Weights[index];
            }

            narrowed[element] = sum;
        }
    }

    private void Add(int row)
    {
        var first = _vertical.First(row);
        var weights = _vertical.Weights(row);
        ref var result = ref MemoryMarshal.GetArrayDataReference(_row);
        ref var narrowed = ref MemoryMarshal.GetReference(Narrowed(first));
        for (nuint i = 0; i < (nuint)_row.Length; i += (nuint)Vector256<float>.Count)
        {
            (Vector256.LoadUnsafe(ref narrowed, i) * weights[0]).StoreUnsafe(ref result, i);
        }

        for (var k = 1; k < weights.Length; k++)
        {
            narrowed = ref MemoryMarshal.GetReference(Narrowed(first + k));
            for (nuint i = 0; i < (nuint)_row.Length; i += (nuint)Vector256<float>.Count)
            {
                (Vector256.LoadUnsafe(ref result, i) + (Vector256.LoadUnsafe(ref narrowed, i) * weights[k])).StoreUnsafe(ref result, i);
            }
        }
    }
}
