namespace DqnAspire.AtariTraces.Recording;

/// <summary>A source of the player's actions.</summary>
public interface IActionSource
{
    /// <summary>The action of the next frame, 0 to 17.</summary>
    int Next();
}
