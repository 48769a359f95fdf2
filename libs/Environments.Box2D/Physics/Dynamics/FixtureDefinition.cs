namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>What a shape is made of, and what it collides with.</summary>
/// <param name="Density">In kilograms a square metre.</param>
/// <param name="Friction">Coefficient; a pair has the geometric mean.</param>
/// <param name="Restitution">Part of the speed that a bounce keeps; a pair has the larger one.</param>
/// <param name="Category">Bits of what it is.</param>
/// <param name="Mask">Bits of what it collides with; both shapes of a pair must agree.</param>
internal sealed record FixtureDefinition(
    float Density = 0,
    float Friction = 0.2f,
    float Restitution = 0,
    ushort Category = 1,
    ushort Mask = 0xFFFF)
{
    /// <summary>Whether two collide, as far as their bits say.</summary>
    public static bool Collide(FixtureDefinition a, FixtureDefinition b) =>
        (a.Mask & b.Category) != 0 && (a.Category & b.Mask) != 0;
}
