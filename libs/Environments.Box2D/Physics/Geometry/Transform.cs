namespace DqnAspire.Environments.Box2D.Physics.Geometry;

/// <summary>Where a body is: its points are turned, then moved.</summary>
/// <param name="Position">Where the body's origin is in the world.</param>
/// <param name="Rotation">How it is turned.</param>
internal readonly record struct Transform(Vec2 Position, Rotation Rotation)
{
    /// <summary>The place of a body whose centre of mass is known.</summary>
    /// <param name="center">Centre of mass in the world.</param>
    /// <param name="angle">In radians.</param>
    /// <param name="localCenter">Centre of mass in the body.</param>
    public static Transform AboutCenter(Vec2 center, float angle, Vec2 localCenter)
    {
        var rotation = Rotation.By(angle);
        return new Transform(center - rotation.Apply(localCenter), rotation);
    }

    /// <summary>A point of the body in the world.</summary>
    public Vec2 Apply(Vec2 v) => new(
        ((Rotation.Cos * v.X) - (Rotation.Sin * v.Y)) + Position.X,
        ((Rotation.Sin * v.X) + (Rotation.Cos * v.Y)) + Position.Y);

    /// <summary>A point of the world in the body.</summary>
    public Vec2 Undo(Vec2 v) => Rotation.Undo(v - Position);

    /// <summary><paramref name="other"/> as seen from here.</summary>
    public Transform Relative(in Transform other) =>
        new(Rotation.Undo(other.Position - Position), Rotation.Relative(other.Rotation));
}
