using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Tests.Physics;

public sealed class ShapeTests
{
    [Fact]
    public void Polygon_IsTheHullFromTheRightmostCorner()
    {
        var shape = Shape.Polygon(new(0, 0), new(0.5f, 0.5f), new(2, 2), new(0, 2), new(2, 0), new(1, 0));
        Assert.Equal([new Vec2(2, 0), new(2, 2), new(0, 2), new(0, 0)], shape.Vertices.ToArray());
        Assert.Equal([new Vec2(1, 0), new(0, 1), new(-1, 0), new(0, -1)], shape.Normals.ToArray());
        Assert.Equal(new Vec2(1, 1), shape.Centroid);
    }

    [Fact]
    public void Polygon_OfPointsOnOneLine_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Shape.Polygon(new(0, 0), new(1, 1), new(2, 2)));

    [Fact]
    public void MoveEdge_OfAPolygon_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Shape.Box(1, 1).MoveEdge(default, default));

    /// <summary>
    /// A right triangle of legs 3 and 6: area 9, middle at a third of each leg, inertia a b (a² + b²) / 12 about the
    /// right angle.
    /// </summary>
    [Fact]
    public void Mass_OfATriangle()
    {
        var mass = MassProperties.Of(Shape.Polygon(new(0, 0), new(3, 0), new(0, 6)), density: 2);
        Assert.Equal(18, mass.Mass, 1e-5f);
        Assert.Equal(1, mass.Center.X, 1e-6f);
        Assert.Equal(2, mass.Center.Y, 1e-6f);
        Assert.Equal(2 * 3 * 6 * (9 + 36) / 12f, mass.Inertia, 1e-4f);
    }

    /// <summary>A box of 4 x 2: area 8, inertia m (w² + h²) / 12 about its middle.</summary>
    [Fact]
    public void Mass_OfABox()
    {
        var mass = MassProperties.Of(Shape.Box(2, 1), density: 0.5f);
        Assert.Equal(4, mass.Mass, 1e-6f);
        Assert.Equal(default, mass.Center);
        Assert.Equal(4 * (16 + 4) / 12f, mass.Inertia, 1e-5f);
    }

    [Fact]
    public void Bounds_OfATurnedEdge_HaveASkin()
    {
        var bounds = Shape.Edge(new(0, 0), new(2, 0)).BoundsAt(new Transform(new(1, 1), new Rotation(1, 0)));
        Assert.Equal(new Vec2(0.99f, 0.99f), bounds.Lower);
        Assert.Equal(new Vec2(1.01f, 3.01f), bounds.Upper);
    }
}
