namespace DqnAspire.NeuralNetworks.Memory;

/// <summary>
/// Zero-initialised floats that start at a cache line, so that a whole register is never split over two lines.
/// </summary>
internal sealed class AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _offset;

    public AlignedBuffer(int length)
    {
        Length = length;
        // Pinned, because the garbage collector could move it off the line.
        _array = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        unsafe
        {
            fixed (float* start = _array)
            {
                _offset = (int)((Alignment - ((nuint)start % Alignment)) % Alignment) / sizeof(float);
            }
        }
    }

    public static AlignedBuffer Empty { get; } = new(0);

    public int Length { get; }

    public Span<float> Span => _array.AsSpan(_offset, Length);

    public Span<float> Slice(int start, int length) => Span.Slice(start, length);

    /// <summary>A reference to the element where a kernel starts.</summary>
    public ref float At(int index) => ref Span[index];
}
