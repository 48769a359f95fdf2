namespace DqnAspire.NeuralNetworks.Definitions;

/// <summary>A layer of a network before its head.</summary>
public abstract record LayerDefinition;

/// <summary>A convolution with a square kernel.</summary>
/// <param name="Filters">Channels that come out.</param>
/// <param name="Kernel">Side of the window in pixels.</param>
/// <param name="Stride">Pixels from a window to the next.</param>
/// <param name="Padding">Pixels of zeros around the input.</param>
/// <param name="Relu">Whether a ReLU follows.</param>
public sealed record ConvolutionDefinition(int Filters, int Kernel, int Stride, int Padding = 0, bool Relu = true) : LayerDefinition;

/// <summary>A dense layer over all values of a sample.</summary>
/// <param name="Units">Values that come out.</param>
/// <param name="Relu">Whether a ReLU follows.</param>
public sealed record DenseDefinition(int Units, bool Relu = true) : LayerDefinition;

/// <summary>max(x, 0) by itself.</summary>
public sealed record ReluDefinition : LayerDefinition;

/// <summary>Dropout in training.</summary>
/// <param name="Rate">Share of values that become zero, from 0 to below 1.</param>
public sealed record DropoutDefinition(double Rate) : LayerDefinition;

/// <summary>Layer normalisation over all values of a sample, after a convolution or a dense layer.</summary>
/// <param name="Relu">Whether a ReLU follows.</param>
public sealed record LayerNormDefinition(bool Relu = true) : LayerDefinition;

/// <summary>The largest value of each window.</summary>
/// <param name="Kernel">Side of the window.</param>
/// <param name="Stride">Pixels from a window to the next.</param>
/// <param name="Padding">Pixels around the input, which never win.</param>
public sealed record MaxPoolDefinition(int Kernel, int Stride, int Padding = 0) : LayerDefinition;

/// <summary>x + f(x).</summary>
/// <param name="Inner">The layers of f, which keep the shape and do not end in a ReLU.</param>
public sealed record ResidualDefinition(IReadOnlyList<LayerDefinition> Inner) : LayerDefinition;
