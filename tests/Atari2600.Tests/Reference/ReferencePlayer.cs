namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// One of the two players: eight pixels in up to three copies, or one of double or fourfold width.
/// </summary>
internal sealed class ReferencePlayer
{
    public byte Color { get; set; }

    public int Position { get; set; }

    public int Motion { get; set; }

    public byte Graphics { get; set; }

    /// <summary>
    /// What <see cref="Graphics"/> was when the other player's was last written; shown with vertical delay.
    /// </summary>
    public byte OldGraphics { get; set; }

    public bool Delayed { get; set; }

    public bool Reflected { get; set; }

    /// <summary>RESP came too late for this line's first copy.</summary>
    public bool FirstCopyHidden { get; set; }

    public int[] CopyOffsets { get; private set; } = ReferenceCopies.Offsets[0];

    /// <summary>Pixels per bit.</summary>
    public int Scale { get; private set; } = 1;

    public bool Enabled => Shown != 0;

    private byte Shown => Delayed ? OldGraphics : Graphics;

    public void SetNusiz(byte value)
    {
        CopyOffsets = ReferenceCopies.Offsets[value & 7];
        Scale = (value & 7) switch { 5 => 2, 7 => 4, _ => 1 };
        FirstCopyHidden = false;
    }

    public bool Shows(int x)
    {
        if (!Enabled)
        {
            return false;
        }

        var bit = BitAt(x);
        return bit >= 0 && ((Shown >> (Reflected ? 7 - bit : bit)) & 1) != 0;
    }

    /// <summary>The bit that lies at a pixel, 7 at the left, or -1. Wide players start one pixel late.</summary>
    public int BitAt(int x)
    {
        var late = Scale > 1 ? 1 : 0;
        foreach (var copy in CopyOffsets)
        {
            var place = ReferenceCopies.Wrap(x - Position - copy - late) / Scale;
            if (place < 8 && !(copy == 0 && FirstCopyHidden))
            {
                return 7 - place;
            }
        }

        return -1;
    }
}
