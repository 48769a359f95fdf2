namespace DqnAspire.Environments.Box2D.Physics.Collision;

/// <summary>
/// Which corners and sides a contact point comes from: by it the point is known again in the next step.
/// </summary>
/// <param name="IndexA">Number of the corner or side of the first shape.</param>
/// <param name="IndexB">Number of the corner or side of the second shape.</param>
/// <param name="IsSideA">Whether the first number is a side's.</param>
/// <param name="IsSideB">Whether the second number is a side's.</param>
internal readonly record struct ContactFeature(byte IndexA, byte IndexB, bool IsSideA, bool IsSideB)
{
    /// <summary>The same with the shapes exchanged.</summary>
    public ContactFeature Exchanged => new(IndexB, IndexA, IsSideB, IsSideA);
}
