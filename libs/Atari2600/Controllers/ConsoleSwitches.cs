namespace DqnAspire.Atari2600.Controllers;

/// <summary>The console's switches that are pressed for a frame, and those that stay where they are put.</summary>
[Flags]
public enum ConsoleSwitches : byte
{
    /// <summary>Nothing pressed, both difficulties B, colour.</summary>
    None = 0,

    /// <summary>The reset button.</summary>
    Reset = 1,

    /// <summary>The select button.</summary>
    Select = 2,

    /// <summary>The left player's difficulty at A.</summary>
    LeftDifficultyA = 4,

    /// <summary>The right player's difficulty at A.</summary>
    RightDifficultyA = 8,

    /// <summary>The television switch at black and white.</summary>
    BlackWhite = 16,
}
