using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments.ToyText;

/// <summary>A lake seen from above: S start, F frozen, H hole, G goal. States are numbered row by row.</summary>
public sealed class FrozenLakeMap
{
    /// <summary>Maximum side of a map.</summary>
    public const int MaxSide = 256;

    /// <summary>A random board that may not be playable is drawn again this often at most.</summary>
    private const int MaxTries = 10_000;

    private readonly string[] _rows;

    /// <summary>A map of the given rows.</summary>
    /// <param name="rows">
    /// Rows of equal length, 1 to <see cref="MaxSide"/>, of the letters S, F, H and G; at least one S.
    /// </param>
    /// <exception cref="ArgumentException">The rows are no such map; the message says where.</exception>
    public FrozenLakeMap(params IReadOnlyList<string> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count is < 1 or > MaxSide)
        {
            throw new ArgumentException($"A map has 1..{MaxSide} rows, not {rows.Count}.", nameof(rows));
        }

        for (var r = 0; r < rows.Count; r++)
        {
            if (rows[r].Length is < 1 or > MaxSide)
            {
                throw new ArgumentException(
                    $"Row {r} has {rows[r].Length} cells; a row has 1..{MaxSide}.", nameof(rows));
            }

            if (rows[r].Length != rows[0].Length)
            {
                throw new ArgumentException(
                    $"Row {r} has {rows[r].Length} cells, row 0 has {rows[0].Length}; all rows must be equally long.",
                    nameof(rows));
            }

            var wrong = rows[r].AsSpan().IndexOfAnyExcept("SFHG");
            if (wrong >= 0)
            {
                throw new ArgumentException(
                    $"Row {r}, column {wrong} is '{rows[r][wrong]}'; cells are S, F, H or G.", nameof(rows));
            }
        }

        if (!rows.Any(row => row.Contains('S')))
        {
            throw new ArgumentException("The map has no start S.", nameof(rows));
        }

        _rows = [.. rows];
    }

    /// <summary>Gymnasium's map of 4 by 4.</summary>
    public static FrozenLakeMap FourByFour { get; } = new("SFFF", "FHFH", "FFFH", "HFFG");

    /// <summary>Gymnasium's map of 8 by 8.</summary>
    public static FrozenLakeMap EightByEight { get; } = new(
        "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG");

    /// <summary>The rows, top to bottom.</summary>
    public IReadOnlyList<string> Rows => _rows;

    /// <summary>Number of rows.</summary>
    public int RowCount => _rows.Length;

    /// <summary>Number of columns.</summary>
    public int ColumnCount => _rows[0].Length;

    /// <summary>The letter at a state.</summary>
    /// <param name="state">row * <see cref="ColumnCount"/> + column.</param>
    public char this[int state] => _rows[state / ColumnCount][state % ColumnCount];

    /// <summary>
    /// A square board with start and goal in opposite corners and a way between them, as Gymnasium's
    /// generate_random_map draws it: the whole board again until there is a way.
    /// </summary>
    /// <param name="size">Length of a side, 2 to <see cref="MaxSide"/>.</param>
    /// <param name="frozenProbability">How likely a cell is frozen; above 0, at most 1.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="InvalidOperationException">No board in 10,000 had a way.</exception>
    public static FrozenLakeMap Random(int size, double frozenProbability, Pcg64 random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frozenProbability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frozenProbability, 1.0);
        ArgumentNullException.ThrowIfNull(random);

        var cells = new char[size * size];
        ReadOnlySpan<double> weights = [frozenProbability, 1 - frozenProbability];
        for (var tries = 0; tries < MaxTries; tries++)
        {
            foreach (ref var cell in cells.AsSpan())
            {
                cell = random.Choice(weights) == 0 ? 'F' : 'H';
            }

            cells[0] = 'S';
            cells[^1] = 'G';
            if (HasWay(cells, size))
            {
                return new FrozenLakeMap([.. cells.Chunk(size).Select(row => new string(row))]);
            }
        }

        throw new InvalidOperationException(
            $"No board of side {size} with frozen probability {frozenProbability} had a way from start to goal "
            + $"in {MaxTries} tries; a higher probability has more.");
    }

    private static bool HasWay(char[] cells, int size)
    {
        var seen = new bool[cells.Length];
        var open = new Stack<int>([0]);
        seen[0] = true;
        while (open.TryPop(out var cell))
        {
            if (cells[cell] == 'G')
            {
                return true;
            }

            var column = cell % size;
            Visit(cell - size, cell >= size);
            Visit(cell + size, cell + size < cells.Length);
            Visit(cell - 1, column > 0);
            Visit(cell + 1, column < size - 1);
        }

        return false;

        void Visit(int cell, bool inside)
        {
            if (inside && !seen[cell] && cells[cell] != 'H')
            {
                seen[cell] = true;
                open.Push(cell);
            }
        }
    }
}
