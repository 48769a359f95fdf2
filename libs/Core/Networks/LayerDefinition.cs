using System.Text.Json.Serialization;

namespace DqnAspire.Core.Networks;

/// <summary>Describes a layer before the head of a network.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConvolutionDefinition), "convolution")]
[JsonDerivedType(typeof(DenseDefinition), "dense")]
[JsonDerivedType(typeof(ReluDefinition), "relu")]
[JsonDerivedType(typeof(DropoutDefinition), "dropout")]
[JsonDerivedType(typeof(LayerNormDefinition), "layerNorm")]
[JsonDerivedType(typeof(MaxPoolDefinition), "maxPool")]
[JsonDerivedType(typeof(ResidualDefinition), "residual")]
public abstract record LayerDefinition
{
    /// <summary>The shape that the layer gives for an input.</summary>
    /// <exception cref="ArgumentException">A size is not valid, or the input does not fit.</exception>
    public abstract FeatureShape OutputOf(FeatureShape input);

    internal static void RequireSize(int size, object where)
    {
        if (size < 1)
        {
            throw new ArgumentException($"{where}: a size is {size}; at least 1 is needed.");
        }
    }

    internal static void RequireRate(double rate, object where)
    {
        if (rate is not (>= 0 and < 1))
        {
            throw new ArgumentException($"{where}: the rate is {rate}; 0 to below 1 is needed.");
        }
    }

    /// <summary>The shape after a square window moves over a picture.</summary>
    private protected FeatureShape Slide(
        FeatureShape input, int channels, int kernel, int stride, int padding, string what)
    {
        RequireSize(channels, this);
        RequireSize(kernel, this);
        RequireSize(stride, this);
        if (padding < 0)
        {
            throw new ArgumentException($"{this}: padding is {padding}; at least 0 is needed.");
        }

        var (height, width) = (input.Height + (2 * padding) - kernel, input.Width + (2 * padding) - kernel);
        return height >= 0 && width >= 0
            ? new FeatureShape(channels, (height / stride) + 1, (width / stride) + 1)
            : throw new ArgumentException(
                $"A {what} of {kernel}x{kernel} does not fit into {input} with padding {padding}.");
    }
}

/// <summary>A convolution with a square kernel.</summary>
/// <param name="Filters">Channels of the output.</param>
/// <param name="Kernel">Side of the window in pixels.</param>
/// <param name="Stride">Pixels from a window to the next.</param>
/// <param name="Padding">Pixels of zeros around the input.</param>
/// <param name="Relu">True when a ReLU follows.</param>
public sealed record ConvolutionDefinition(int Filters, int Kernel, int Stride, int Padding = 0, bool Relu = true)
    : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input) =>
        Slide(input, Filters, Kernel, Stride, Padding, "convolution");
}

/// <summary>A dense layer over all values of a sample.</summary>
/// <param name="Units">Values of the output.</param>
/// <param name="Relu">True when a ReLU follows.</param>
public sealed record DenseDefinition(int Units, bool Relu = true) : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input)
    {
        RequireSize(Units, this);
        return new FeatureShape(Units);
    }
}

/// <summary>max(x, 0).</summary>
public sealed record ReluDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input) => input;
}

/// <summary>Dropout in training.</summary>
/// <param name="Rate">Share of values that become zero, from 0 to below 1.</param>
public sealed record DropoutDefinition(double Rate) : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input)
    {
        RequireRate(Rate, this);
        return input;
    }
}

/// <summary>Layer normalisation over all values of a sample, after a convolution or a dense layer.</summary>
/// <param name="Relu">True when a ReLU follows.</param>
public sealed record LayerNormDefinition(bool Relu = true) : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input) => input;
}

/// <summary>The largest value of each window.</summary>
/// <param name="Kernel">Side of the window.</param>
/// <param name="Stride">Pixels from a window to the next.</param>
/// <param name="Padding">Pixels around the input, which are never the largest.</param>
public sealed record MaxPoolDefinition(int Kernel, int Stride, int Padding = 0) : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input) =>
        Slide(input, input.Channels, Kernel, Stride, Padding, "max pool");
}

/// <summary>x + f(x).</summary>
/// <param name="Inner">The layers of f, which keep the shape and do not end in a ReLU.</param>
public sealed record ResidualDefinition(IReadOnlyList<LayerDefinition> Inner) : LayerDefinition
{
    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input)
    {
        var output = Inner.Aggregate(input, (shape, layer) => layer.OutputOf(shape));
        return output == input
            ? output
            : throw new ArgumentException(
                $"A residual block takes {input} and would give {output}: both must be the same.");
    }
}
