namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// How a matrix [rows, columns] lies in memory for <see cref="TileProduct"/>: panels of 32 columns (the last of 16
/// where that is enough), each a block [rows, panel width]. A tile walks one panel from top to bottom without a gap;
/// columns that fill up the last panel stay zero.
/// </summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns that count.</param>
internal readonly record struct Panels(int Rows, int Columns)
{
    public const int Width = 32;

    /// <summary>Columns with those that fill up.</summary>
    public int Stride => Padding.RoundUp(Columns);

    public int Count => (Stride + Width - 1) / Width;

    /// <summary>Floats in all.</summary>
    public int Length => Rows * Stride;

    public int WidthOf(int panel) => Math.Min(Width, Stride - (panel * Width));

    public int OffsetOf(int panel) => panel * Width * Rows;

    public int IndexOf(int row, int column)
    {
        var panel = column / Width;
        return OffsetOf(panel) + (row * WidthOf(panel)) + (column % Width);
    }
}
