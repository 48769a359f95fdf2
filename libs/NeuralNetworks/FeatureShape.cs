using System.Globalization;

namespace DqnAspire.NeuralNetworks;

/// <summary>What one sample holds at some place of a network: channels of pictures, or a vector.</summary>
/// <param name="Channels">Channels, or the vector's length.</param>
/// <param name="Height">Rows of a picture; 1 for a vector.</param>
/// <param name="Width">Columns of a picture; 1 for a vector.</param>
public readonly record struct FeatureShape(int Channels, int Height = 1, int Width = 1)
{
    /// <summary>Values in all.</summary>
    public int Features => Channels * Height * Width;

    /// <summary>True for anything but a vector.</summary>
    public bool IsPicture => Height > 1 || Width > 1;

    /// <summary>"4x84x84" or "512".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Channels}") + (IsPicture ? string.Create(CultureInfo.InvariantCulture, $"x{Height}x{Width}") : "");
}
