namespace DqnAspire.Environments.Atari.Rules;

/// <summary>How a game keeps its score in memory. The score's formula says it exactly; this is for reports.</summary>
public enum ScoreKind
{
    /// <summary>The game keeps no score that rewards come from.</summary>
    None,

    /// <summary>Packed decimal bytes.</summary>
    Bcd,

    /// <summary>One byte or half byte a digit, often the offset of the digit's picture.</summary>
    Digits,

    /// <summary>The player's points less the opponent's.</summary>
    Difference,

    /// <summary>A plain number.</summary>
    Binary,

    /// <summary>A time, in hundredths of a second.</summary>
    Time,

    /// <summary>None of the others.</summary>
    Formula,
}
