namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>The filters of Pillow's resize that recipes here use.</summary>
public enum PillowFilter
{
    /// <summary>A triangle, 1 - |x| for |x| below 1.</summary>
    Bilinear,

    /// <summary>Cubic convolution with a = -1/2, up to |x| = 2: Pillow's default.</summary>
    Bicubic,
}
