namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// The console's switches while the television format is detected. Afterwards the difficulty switches are those of the
/// environment, see <see cref="DifficultyRule"/>.
/// </summary>
/// <param name="LeftDifficultyA">The left difficulty switch is at A, the harder position; otherwise at B.</param>
/// <param name="RightDifficultyA">The right difficulty switch is at A.</param>
/// <param name="Color">The television switch is at color; otherwise at black and white.</param>
public sealed record ConsoleSwitches(bool LeftDifficultyA, bool RightDifficultyA, bool Color);
