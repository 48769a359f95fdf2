using DqnAspire.Environments.Box2D.Physics.Collision;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>An edge of a static body and a polygon of a dynamic one whose boxes overlap, touching or not.</summary>
internal sealed class Contact
{
    /// <summary>The edge.</summary>
    public Fixture Edge { get; private set; } = null!;

    /// <summary>The polygon.</summary>
    public Fixture Polygon { get; private set; } = null!;

    /// <summary>Coefficient of friction of the pair.</summary>
    public float Friction { get; private set; }

    /// <summary>Part of the speed that a bounce keeps.</summary>
    public float Restitution { get; private set; }

    /// <summary>Where they touch.</summary>
    public Manifold Manifold;

    /// <summary>Whether they touch.</summary>
    public bool IsTouching;

    /// <summary>False for the rest of a step in which an impact turned out to be none.</summary>
    public bool IsEnabled;

    /// <summary>Whether <see cref="ImpactTime"/> still holds.</summary>
    public bool HasImpactTime;

    /// <summary>Part of the step, 0..1, after which they touch; 1 when they do not.</summary>
    public float ImpactTime;

    /// <summary>Impacts of this step so far.</summary>
    public int Impacts;

    /// <summary>Makes it the contact of a pair.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="polygon">The polygon.</param>
    public void Begin(Fixture edge, Fixture polygon)
    {
        Edge = edge;
        Polygon = polygon;
        Friction = MathF.Sqrt(edge.Definition.Friction * polygon.Definition.Friction);
        Restitution = MathF.Max(edge.Definition.Restitution, polygon.Definition.Restitution);
        Manifold = default;
        IsTouching = false;
        IsEnabled = true;
        HasImpactTime = false;
        ImpactTime = 1;
        Impacts = 0;
    }

    /// <summary>The dynamic body.</summary>
    public Body Body => Polygon.Body;

    /// <summary>Finds where they touch now; a change wakes the body.</summary>
    /// <param name="listener">Receives a change; may be null.</param>
    public void Update(IContactListener? listener)
    {
        IsEnabled = true;
        var before = Manifold;
        Manifold = EdgePolygonCollision.Collide(Edge.Shape, Edge.Body.Place, Polygon.Shape, Body.Place);
        Manifold.TakeImpulses(before);

        var touching = Manifold.Count > 0;
        if (touching == IsTouching)
        {
            return;
        }

        Body.WakeUp();
        IsTouching = touching;
        if (touching)
        {
            listener?.BeginContact(this);
        }
        else
        {
            listener?.EndContact(this);
        }
    }

    /// <summary>Writes what the next step begins with.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Write(IsTouching);
        writer.Write(IsEnabled);
        Manifold.SaveState(writer);
    }

    /// <summary>Takes over what a contact of the same pair has saved.</summary>
    public void RestoreState(StateReader reader)
    {
        IsTouching = reader.ReadBoolean();
        IsEnabled = reader.ReadBoolean();
        Manifold = Manifold.Restore(reader);
    }
}
