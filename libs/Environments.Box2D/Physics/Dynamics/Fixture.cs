using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>A shape as part of a body.</summary>
internal sealed class Fixture
{
    /// <summary>Its number in the world, in the order of making.</summary>
    public int Index { get; private set; }

    /// <summary>The body.</summary>
    public Body Body { get; private set; } = null!;

    /// <summary>The shape, in the body.</summary>
    public Shape Shape { get; private set; } = null!;

    /// <summary>What it is made of.</summary>
    public FixtureDefinition Definition { get; private set; } = null!;

    /// <summary>A box around it, with room to move in.</summary>
    public Bounds RoomyBounds;

    /// <summary>Whether its box is new since pairs were last looked for.</summary>
    public bool HasNewBounds;

    /// <summary>Makes it a part of a body.</summary>
    public void Begin(int index, Body body, Shape shape, FixtureDefinition definition)
    {
        Index = index;
        Body = body;
        Shape = shape;
        Definition = definition;
        RoomyBounds = shape.BoundsAt(body.Place).Grown(Tuning.BoundsMargin);
        HasNewBounds = true;
    }

    /// <summary>Follows the body's last movement; the box changes only when the shape has left it.</summary>
    /// <param name="before">Where the body was.</param>
    public void Follow(in Transform before)
    {
        var after = Body.Place;
        var swept = Bounds.Around(Shape.BoundsAt(before), Shape.BoundsAt(after));
        if (!RoomyBounds.Contains(swept))
        {
            RoomyBounds = swept.Grown(Tuning.BoundsMargin)
                .Stretched(Tuning.BoundsPrediction * (after.Position - before.Position));
            HasNewBounds = true;
        }
    }

    /// <summary>Writes what changes from step to step.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Write(RoomyBounds.Lower);
        writer.Write(RoomyBounds.Upper);
        writer.Write(HasNewBounds);
    }

    /// <summary>Takes over what a fixture of the same make has saved.</summary>
    public void RestoreState(StateReader reader)
    {
        RoomyBounds = new Bounds(reader.ReadVec2(), reader.ReadVec2());
        HasNewBounds = reader.ReadBoolean();
    }
}
