namespace DqnAspire.Core.Networks;

/// <summary>Describes the bound on gradients before the optimiser uses them.</summary>
/// <param name="Kind">What is bounded.</param>
/// <param name="Limit">The bound.</param>
public readonly record struct GradientClipping(GradientClippingKind Kind, double Limit)
{
    /// <summary>No bound.</summary>
    public static GradientClipping None => default;

    /// <summary>Clips each element to [-limit, limit].</summary>
    public static GradientClipping ByValue(double limit) => new(GradientClippingKind.Value, Positive(limit));

    /// <summary>Scales each tensor down to a norm of at most the limit, as Keras's <c>clipnorm</c> does.</summary>
    public static GradientClipping ByTensorNorm(double limit) => new(GradientClippingKind.TensorNorm, Positive(limit));

    /// <summary>
    /// Scales all tensors together down to a norm of at most the limit, as PyTorch's <c>clip_grad_norm_</c> does: by
    /// min(1, limit / (norm + 1e-6)).
    /// </summary>
    public static GradientClipping ByGlobalNorm(double limit) => new(GradientClippingKind.GlobalNorm, Positive(limit));

    private static double Positive(double limit) => limit > 0
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "A bound on gradients must be above zero.");
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
