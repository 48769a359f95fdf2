using System.Globalization;
using System.Text.Json.Serialization;

namespace DqnAspire.Core.Networks;

/// <summary>The shape of one sample at some place of a network: a picture with channels, or a vector.</summary>
/// <param name="Channels">Channels, or the length of the vector.</param>
/// <param name="Height">Rows of a picture; 1 for a vector.</param>
/// <param name="Width">Columns of a picture; 1 for a vector.</param>
public readonly record struct FeatureShape(int Channels, int Height = 1, int Width = 1)
{
    /// <summary>Number of values: channels x height x width.</summary>
    [JsonIgnore]
    public int Features => Channels * Height * Width;

    /// <summary>False for a vector.</summary>
    [JsonIgnore]
    public bool IsPicture => Height > 1 || Width > 1;

    /// <summary>"4x84x84" for a picture, "512" for a vector.</summary>
    public override string ToString() => IsPicture
        ? string.Create(CultureInfo.InvariantCulture, $"{Channels}x{Height}x{Width}")
        : Channels.ToString(CultureInfo.InvariantCulture);
}
