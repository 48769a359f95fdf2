namespace DqnAspire.NeuralNetworks.Memory;

/// <summary>
/// Floats that start at a cache line: a load of a whole register never takes two lines. Starts as zeros.
/// </summary>
internal sealed class AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _offset;

    public AlignedBuffer(int length)
    {
        Length = length;
        // Pinned: the garbage collector would move it off the line.
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

    /// <summary>A reference to an element that a kernel starts from.</summary>
    public ref float At(int index) => ref Span[index];
}
