namespace DqnAspire.Environments.Atari.Rules;

/// <summary>An action that is taken at the end of a reset.</summary>
/// <param name="Action">0 to 17, or <see cref="Reset"/>.</param>
/// <param name="Frames">For how many frames.</param>
public sealed record StartingAction(int Action, int Frames)
{
    /// <summary>The console's reset switch: part of some games' start, never an agent's action.</summary>
    public const int Reset = 40;
}
