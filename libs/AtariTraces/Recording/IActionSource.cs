namespace DqnAspire.AtariTraces.Recording;

/// <summary>Says what the player does.</summary>
public interface IActionSource
{
    /// <summary>The action of the next frame, 0 to 17.</summary>
    int Next();
}
