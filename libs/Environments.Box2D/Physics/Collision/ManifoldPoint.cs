using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Collision;

/// <summary>A point where two shapes touch.</summary>
internal struct ManifoldPoint
{
    /// <summary>The point, in the body that does not have the reference side.</summary>
    public Vec2 LocalPoint;

    /// <summary>What it comes from.</summary>
    public ContactFeature Feature;

    /// <summary>Impulse along the normal that the last step found, to begin the next one with.</summary>
    public float NormalImpulse;

    /// <summary>Impulse of friction, likewise.</summary>
    public float TangentImpulse;

    /// <summary>Writes all of it.</summary>
    public readonly void SaveState(StateWriter writer)
    {
        writer.Write(LocalPoint);
        writer.Write([Feature.IndexA, Feature.IndexB]);
        writer.Write(Feature.IsSideA);
        writer.Write(Feature.IsSideB);
        writer.Write(NormalImpulse);
        writer.Write(TangentImpulse);
    }

    /// <summary>A point that was saved.</summary>
    public static ManifoldPoint Restore(StateReader reader)
    {
        var localPoint = reader.ReadVec2();
        Span<byte> indices = stackalloc byte[2];
        reader.Read(indices);
        return new ManifoldPoint
        {
            LocalPoint = localPoint,
            Feature = new ContactFeature(indices[0], indices[1], reader.ReadBoolean(), reader.ReadBoolean()),
            NormalImpulse = reader.ReadSingle(),
            TangentImpulse = reader.ReadSingle(),
        };
    }
}
