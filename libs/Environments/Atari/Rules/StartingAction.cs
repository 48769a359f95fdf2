namespace DqnAspire.Environments.Atari.Rules;

/// <summary>An action that is taken at the end of a reset.</summary>
/// <param name="Action">0 to 17, or <see cref="AtariActions.Reset"/>.</param>
/// <param name="Frames">For how many frames.</param>
public sealed record StartingAction(int Action, int Frames);
