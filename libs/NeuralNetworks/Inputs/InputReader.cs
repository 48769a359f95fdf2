using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Inputs;

/// <summary>
/// Brings observations [channels, height, width] into the first layer's layout: converted, scaled and rearranged in one
/// go.
/// </summary>
internal sealed unsafe class InputReader
{
    // Values under which waking a thread costs more than it brings.
    private const int WorthSharing = 1 << 15;

    private readonly Layout _layout;
    private readonly WorkerPool _pool;
    private readonly float _factor;
    private readonly float _shift;
    private readonly Action<int> _bytesTask;
    private readonly Action<int> _floatsTask;
    private AlignedBuffer _into = AlignedBuffer.Empty;
    private byte* _bytes;
    private float* _floats;

    public InputReader(Layout layout, InputScaling scaling, WorkerPool pool)
    {
        (_layout, _pool) = (layout, pool);
        (_factor, _shift) = scaling switch
        {
            InputScaling.Unit => (1f / 255, 0f),
            InputScaling.Symmetric => (2f / 255, -1f),
            _ => (1f, 0f),
        };
        _bytesTask = BytesTask;
        _floatsTask = FloatsTask;
    }

    /// <summary>Reads a batch; the caller has checked its length.</summary>
    public void Read(Observations observations, AlignedBuffer into)
    {
        _into = into;
        // The caller's span cannot be kept in a field for the threads; its address can, as long as it is held fast
        // here.
        fixed (byte* bytes = observations.Bytes)
        fixed (float* floats = observations.Floats)
        {
            _bytes = bytes;
            _floats = floats;
            var task = observations.AreBytes ? _bytesTask : _floatsTask;
            if (observations.Length < WorthSharing)
            {
                WorkerPool.RunHere(observations.Count, task);
            }
            else
            {
                _pool.Run(observations.Count, task);
            }

            _bytes = null;
            _floats = null;
        }
    }

    private Span<float> Target(int sample) => _into.Slice(sample * _layout.SampleStride, _layout.SampleStride);

    private void FloatsTask(int sample)
    {
        var features = _layout.Shape.Features;
        Read(new ReadOnlySpan<float>(_floats + ((long)sample * features), features), Target(sample));
    }

    private void BytesTask(int sample)
    {
        var features = _layout.Shape.Features;
        var source = new ReadOnlySpan<byte>(_bytes + ((long)sample * features), features);
        if (_layout.Block == 4 && Vector512.IsHardwareAccelerated)
        {
            ReadCellsOfFour(source, Target(sample));
        }
        else
        {
            Read(source, Target(sample));
        }
    }

    private void Read(ReadOnlySpan<float> source, Span<float> target)
    {
        if (!_layout.Shape.IsPicture)
        {
            source.CopyTo(target);
            return;
        }

        var i = 0;
        for (var channel = 0; channel < _layout.Shape.Channels; channel++)
        {
            for (var y = 0; y < _layout.Shape.Height; y++)
            {
                for (var x = 0; x < _layout.Shape.Width; x++)
                {
                    target[_layout.IndexOf(channel, y, x)] = source[i++];
                }
            }
        }
    }

    /// <summary>
    /// The definition; also what narrower machines run. The row's part of the index is worked out once a row.
    /// </summary>
    internal void Read(ReadOnlySpan<byte> source, Span<float> target)
    {
        var i = 0;
        for (var channel = 0; channel < _layout.Shape.Channels; channel++)
        {
            for (var y = 0; y < _layout.Shape.Height; y++)
            {
                for (var x = 0; x < _layout.Shape.Width; x += _layout.Block)
                {
                    var place = _layout.IndexOf(channel, y, x);
                    for (var inCell = 0; inCell < _layout.Block; inCell++)
                    {
                        target[place + inCell] = (source[i++] * _factor) + _shift;
                    }
                }
            }
        }
    }

    /// <summary>Cells of 4 x 4 pixels: four bytes from each of four rows fill one register of a channel.</summary>
    internal void ReadCellsOfFour(ReadOnlySpan<byte> source, Span<float> target)
    {
        var (factor, shift) = (Vector512.Create(_factor), Vector512.Create(_shift));
        var (height, width) = (_layout.Shape.Height, _layout.Shape.Width);
        ref var origin = ref MemoryMarshal.GetReference(source);
        for (var channel = 0; channel < _layout.Shape.Channels; channel++)
        {
            for (var cellRow = 0; cellRow < height / 4; cellRow++)
            {
                ref var row = ref Unsafe.Add(ref origin, ((channel * height) + (cellRow * 4)) * width);
                for (var cell = 0; cell < width / 4; cell++)
                {
                    ref var corner = ref Unsafe.Add(ref row, cell * 4);
                    var bytes = Vector128.Create(
                        Word(ref corner, 0), Word(ref corner, width), Word(ref corner, 2 * width),
                        Word(ref corner, 3 * width)).AsByte();
                    var (low, high) = Vector256.Widen(
                        Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)));
                    var values = Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32());
                    var place = (cellRow * _layout.RowStride) + (cell * _layout.PixelStride) + (channel * 16);
                    ((values * factor) + shift).CopyTo(target[place..]);
                }
            }
        }
    }

    private static uint Word(ref byte corner, int offset) =>
        Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref corner, offset));
}
