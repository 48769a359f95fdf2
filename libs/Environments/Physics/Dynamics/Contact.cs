using DqnAspire.Environments.Physics.Collision;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Physics.Dynamics;

/// <summary>An edge and a polygon whose boxes overlap, touching or not.</summary>
internal sealed class Contact
{
    /// <summary>The edge.</summary>
    public Fixture A { get; private set; } = null!;

    /// <summary>The polygon.</summary>
    public Fixture B { get; private set; } = null!;

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

    /// <summary>Whether it belongs to the group of bodies that is being solved.</summary>
    public bool IsInIsland;

    /// <summary>Whether <see cref="ImpactTime"/> still holds.</summary>
    public bool HasImpactTime;

    /// <summary>Part of the step, 0..1, after which they touch; 1 when they do not.</summary>
    public float ImpactTime;

    /// <summary>Impacts of this step so far.</summary>
    public int Impacts;

    /// <summary>Makes it the contact of a pair.</summary>
    /// <param name="a">The edge.</param>
    /// <param name="b">The polygon.</param>
    public void Begin(Fixture a, Fixture b)
    {
        A = a;
        B = b;
        Friction = MathF.Sqrt(a.Definition.Friction * b.Definition.Friction);
        Restitution = MathF.Max(a.Definition.Restitution, b.Definition.Restitution);
        Manifold = default;
        IsTouching = false;
        IsEnabled = true;
        IsInIsland = false;
        HasImpactTime = false;
        ImpactTime = 1;
        Impacts = 0;
    }

    /// <summary>Whether a body is one of the two.</summary>
    public bool Involves(Body body) => A.Body == body || B.Body == body;

    /// <summary>The other body.</summary>
    public Body Other(Body body) => A.Body == body ? B.Body : A.Body;

    /// <summary>Finds where they touch now; a change wakes both.</summary>
    /// <param name="listener">Is told of a change; null: nobody is.</param>
    public void Update(IContactListener? listener)
    {
        IsEnabled = true;
        var before = Manifold;
        Manifold = EdgePolygonCollision.Collide(A.Shape, A.Body.Place, B.Shape, B.Body.Place);
        Manifold.TakeImpulses(before);

        var touching = Manifold.Count > 0;
        if (touching == IsTouching)
        {
            return;
        }

        A.Body.WakeUp();
        B.Body.WakeUp();
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
