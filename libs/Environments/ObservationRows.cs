namespace DqnAspire.Environments;

/// <summary>Observations side by side, one a row.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="rowBytes">Bytes of an observation.</param>
internal sealed class ObservationRows(int rows, int rowBytes)
{
    private readonly byte[] _bytes = new byte[checked(rows * rowBytes)];

    /// <summary>[rows, observation].</summary>
    public Memory<byte> Memory => _bytes;

    /// <summary>One row.</summary>
    /// <param name="row">0 .. rows-1.</param>
    public Span<byte> this[int row] => _bytes.AsSpan(row * rowBytes, rowBytes);

    /// <summary>The first rows, [count, observation].</summary>
    /// <param name="count">How many.</param>
    public ReadOnlyMemory<byte> First(int count) => _bytes.AsMemory(0, count * rowBytes);
}
