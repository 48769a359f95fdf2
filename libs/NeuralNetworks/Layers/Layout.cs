using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// How a sample lies in memory: pixel after pixel, all channels of a pixel together, so that a row of a convolution's
/// window is one run of floats. With <paramref name="Block"/> b above 1 every b x b pixels make one cell that holds
/// [channel, b, b] (space to depth): a convolution whose kernel and stride are multiples of b then has smaller ones.
/// </summary>
/// <param name="Shape">Channels, height and width as the network's author counts them.</param>
/// <param name="PixelStride">Floats from a cell to the next; those that fill up stay zero.</param>
/// <param name="Block">Pixels along a cell's side.</param>
internal readonly record struct Layout(FeatureShape Shape, int PixelStride, int Block)
{
    public int Rows => Shape.Height / Block;

    public int Columns => Shape.Width / Block;

    public int RowStride => Columns * PixelStride;

    /// <summary>Floats of a sample.</summary>
    public int SampleStride => Rows * RowStride;

    /// <summary>As layers write it: channels rounded up to whole registers.</summary>
    public static Layout Padded(FeatureShape shape) => new(shape, Padding.RoundUp(shape.Channels), 1);

    /// <summary>As the network's input lies: no gaps, since nothing is computed along its channels.</summary>
    public static Layout Dense(FeatureShape shape, int block = 1) => new(shape, shape.Channels * block * block, block);

    /// <summary>Index of a value in a sample.</summary>
    public int IndexOf(int channel, int y, int x) =>
        (y / Block * RowStride) + (x / Block * PixelStride) + InCell(channel, y, x);

    /// <summary>Index of a value given by its place in [channels, height, width].</summary>
    public int IndexOf(int flat)
    {
        var (plane, x) = Math.DivRem(flat, Shape.Width);
        var (channel, y) = Math.DivRem(plane, Shape.Height);
        return IndexOf(channel, y, x);
    }

    /// <summary>Index of a value in its cell.</summary>
    public int InCell(int channel, int y, int x) => (((channel * Block) + (y % Block)) * Block) + (x % Block);
}
