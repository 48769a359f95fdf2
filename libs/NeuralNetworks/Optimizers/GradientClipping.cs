namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>A bound on gradients before the optimiser sees them.</summary>
/// <param name="Kind">What is bounded.</param>
/// <param name="Limit">The bound.</param>
public readonly record struct GradientClipping(GradientClippingKind Kind, double Limit)
{
    // PyTorch's clip_grad_norm_ adds it to the norm.
    private const double GlobalNormGuard = 1e-6;

    /// <summary>No bound.</summary>
    public static GradientClipping None => default;

    /// <summary>Each element is kept within +-limit.</summary>
    public static GradientClipping ByValue(double limit) => new(GradientClippingKind.Value, Positive(limit));

    /// <summary>Each tensor is scaled down to a norm of at most limit, as Keras's <c>clipnorm</c>.</summary>
    public static GradientClipping ByTensorNorm(double limit) => new(GradientClippingKind.TensorNorm, Positive(limit));

    /// <summary>All tensors are scaled down together to a norm of at most limit, as PyTorch's <c>clip_grad_norm_</c>.</summary>
    public static GradientClipping ByGlobalNorm(double limit) => new(GradientClippingKind.GlobalNorm, Positive(limit));

    private static double Positive(double limit) =>
        limit > 0 ? limit : throw new ArgumentOutOfRangeException(nameof(limit), limit, "A bound on gradients must be above zero.");

    internal float Bound => Kind == GradientClippingKind.Value ? (float)Limit : float.PositiveInfinity;

    internal float TensorScale(double norm) => (float)(Limit / Math.Max(norm, Limit));

    internal float GlobalScale(double norm) => (float)Math.Min(1, Limit / (norm + GlobalNormGuard));
}

/// <summary>What a bound on gradients applies to.</summary>
public enum GradientClippingKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each element.</summary>
    Value,

    /// <summary>The Euclidean norm of each tensor.</summary>
    TensorNorm,

    /// <summary>The Euclidean norm of all tensors together.</summary>
    GlobalNorm,
}
