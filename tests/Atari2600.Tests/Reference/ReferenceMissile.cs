namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>One of the two missiles: a bar of 1, 2, 4 or 8 pixels with the copies of its player.</summary>
internal sealed class ReferenceMissile
{
    private int[] _copyOffsets = ReferenceCopies.Offsets[0];
    private int _sizeCode;

    public int Position { get; private set; }

    public int Motion { get; set; }

    public bool On { get; set; }

    /// <summary>RESMP: hidden, and put into the player's middle when this ends.</summary>
    public bool LockedToPlayer { get; set; }

    /// <summary>
    /// Cosmic Ark: one line in four has it at least two pixels wide, which makes eight out of four.
    /// </summary>
    public bool Widened { get; set; }

    /// <summary>Cosmic Ark: one line in four is without it.</summary>
    public bool Hidden { get; set; }

    public bool Enabled => On && !LockedToPlayer;

    /// <summary>Also ends what Cosmic Ark's effect did to the missile's looks.</summary>
    public void MoveTo(int position)
    {
        Position = position;
        Widened = false;
        Hidden = false;
    }

    public void SetNusiz(byte value)
    {
        _copyOffsets = ReferenceCopies.Offsets[value & 7];
        _sizeCode = (value >> 4) & 3;
        MoveTo(Position);
    }

    public bool Shows(int x)
    {
        if (!Enabled || Hidden)
        {
            return false;
        }

        var width = 1 << (Widened ? _sizeCode | 1 : _sizeCode);
        foreach (var copy in _copyOffsets)
        {
            if (ReferenceCopies.Wrap(x - Position - copy) < width)
            {
                return true;
            }
        }

        return false;
    }
}
