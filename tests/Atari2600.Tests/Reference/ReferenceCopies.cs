namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>Where the copies of players and missiles lie on a line of 160 pixels.</summary>
internal static class ReferenceCopies
{
    /// <summary>Distances between the copies, by the low three bits of NUSIZ.</summary>
    public static readonly int[][] Offsets = [[0], [0, 16], [0, 32], [0, 16, 32], [0, 64], [0], [0, 32, 64], [0]];

    private const int Width = 160;

    /// <summary>A pixel of the line; what runs over one edge comes in at the other.</summary>
    public static int Wrap(int x) => ((x % Width) + Width) % Width;
}
