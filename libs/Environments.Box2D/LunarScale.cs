namespace DqnAspire.Environments.Box2D;

/// <summary>
/// Sizes of LunarLander's world: what Gymnasium writes in pixels of its window, in metres where it computes with them.
/// </summary>
internal static class LunarScale
{
    /// <summary>Pixels of a metre.</summary>
    public const double PixelsPerMetre = 30.0;

    /// <summary>Width of the window in pixels.</summary>
    public const int WidthInPixels = 600;

    /// <summary>Height of the window in pixels.</summary>
    public const int HeightInPixels = 400;

    /// <summary>Width of the world in metres.</summary>
    public const double Width = WidthInPixels / PixelsPerMetre;

    /// <summary>Height of the world in metres.</summary>
    public const double Height = HeightInPixels / PixelsPerMetre;

    /// <summary>Height of the landing pad in metres.</summary>
    public const double PadHeight = Height / 4;

    /// <summary>Steps in a second.</summary>
    public const int StepsPerSecond = 50;
}
