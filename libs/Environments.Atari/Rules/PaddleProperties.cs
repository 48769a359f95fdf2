namespace DqnAspire.Environments.Atari.Rules;

/// <summary>How far player A's paddle turns.</summary>
/// <param name="MinPosition">Lowest position, a resistance in ohms.</param>
/// <param name="MaxPosition">Highest position, a resistance in ohms.</param>
/// <param name="PlayerAInput">The TIA input that player A's paddle is connected to: 0 for INPT0, 1 for INPT1.</param>
public sealed record PaddleProperties(int MinPosition, int MaxPosition, int PlayerAInput);
