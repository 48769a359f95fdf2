namespace Grpc.Core;

/// <summary>What a <see cref="ContextPropagationToken"/> carries.</summary>
/// <param name="propagateDeadline">Whether the deadline is carried.</param>
/// <param name="propagateCancellation">Whether cancellation is carried.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Carries both.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline is carried.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation is carried.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
