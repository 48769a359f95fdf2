namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>
/// Comparisons as the original has them: of equal numbers, 0 and -0 among them, the second is the result.
/// </summary>
internal static class Scalar
{
    /// <summary>The larger number.</summary>
    public static float Max(float a, float b) => a > b ? a : b;

    /// <summary>The smaller number.</summary>
    public static float Min(float a, float b) => a < b ? a : b;

    /// <summary>The nearest number within bounds.</summary>
    public static float Clamp(float value, float low, float high) => Max(low, Min(value, high));
}
