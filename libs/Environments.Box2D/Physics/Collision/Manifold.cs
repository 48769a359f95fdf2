using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Collision;

/// <summary>
/// How an edge (A) and a polygon (B) touch: a reference side of one, and up to two points of the other.
/// </summary>
internal struct Manifold
{
    /// <summary>Points, 0..2; none: they do not touch.</summary>
    public int Count;

    /// <summary>The first point.</summary>
    public ManifoldPoint First;

    /// <summary>The second point.</summary>
    public ManifoldPoint Second;

    /// <summary>Whether the reference side is one of the polygon; otherwise it is the edge.</summary>
    public bool IsSideOfB;

    /// <summary>Outward direction of the reference side, in its body.</summary>
    public Vec2 LocalNormal;

    /// <summary>A point of the reference side, in its body.</summary>
    public Vec2 LocalPoint;

    /// <summary>Takes over the impulses of those points that were there before.</summary>
    /// <param name="previous">The same pair of shapes, before.</param>
    public void TakeImpulses(in Manifold previous)
    {
        if (Count > 0)
        {
            Take(ref First, previous);
        }

        if (Count > 1)
        {
            Take(ref Second, previous);
        }
    }

    /// <summary>Writes all of it.</summary>
    public readonly void SaveState(StateWriter writer)
    {
        writer.Write(Count);
        First.SaveState(writer);
        Second.SaveState(writer);
        writer.Write(IsSideOfB);
        writer.Write(LocalNormal);
        writer.Write(LocalPoint);
    }

    /// <summary>A manifold that was saved.</summary>
    public static Manifold Restore(StateReader reader) => new()
    {
        Count = reader.ReadInt32("the number of contact points", 0, 2),
        First = ManifoldPoint.Restore(reader),
        Second = ManifoldPoint.Restore(reader),
        IsSideOfB = reader.ReadBoolean(),
        LocalNormal = reader.ReadVec2(),
        LocalPoint = reader.ReadVec2(),
    };

    private static void Take(ref ManifoldPoint point, in Manifold previous)
    {
        point.NormalImpulse = 0;
        point.TangentImpulse = 0;
        if (previous.Count > 0 && previous.First.Feature == point.Feature)
        {
            point.NormalImpulse = previous.First.NormalImpulse;
            point.TangentImpulse = previous.First.TangentImpulse;
        }
        else if (previous.Count > 1 && previous.Second.Feature == point.Feature)
        {
            point.NormalImpulse = previous.Second.NormalImpulse;
            point.TangentImpulse = previous.Second.TangentImpulse;
        }
    }
}
