using DqnAspire.Environments.Box2D.Physics.Collision;
using DqnAspire.Environments.Box2D.Physics.Continuous;
using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Tests.Physics;

public sealed class CollisionTests
{
    private static readonly Shape Ground = Shape.Edge(new(-5, 0), new(5, 0));
    private static readonly Shape Box = Shape.Box(0.5f, 0.5f);
    private static readonly Transform Origin = At(0, 0);

    [Theory]
    [InlineData(0.5f, 2)]
    [InlineData(0.519f, 2)]
    [InlineData(0.521f, 0)]
    public void ABoxOnTheGround_TouchesWithTwoCornersAsFarAsTheSkinsReach(float height, int points)
    {
        var manifold = EdgePolygonCollision.Collide(Ground, Origin, Box, At(1, height));
        Assert.Equal(points, manifold.Count);
        if (points == 2)
        {
            Assert.False(manifold.IsSideOfB);
            Assert.Equal(new Vec2(0, 1), manifold.LocalNormal);
            Assert.Equal([-0.5f, 0.5f], new[] { manifold.First.LocalPoint.X, manifold.Second.LocalPoint.X }.Order());
        }
    }

    /// <summary>The same edge is solid from below: the normal is on the side where the box is.</summary>
    [Fact]
    public void ABoxBelowTheGround_TouchesFromBelow() =>
        Assert.Equal(new Vec2(0, -1), EdgePolygonCollision.Collide(Ground, Origin, Box, At(1, -0.5f)).LocalNormal);

    [Fact]
    public void ABoxOnItsCorner_TouchesWithThatCornerOnly()
    {
        var place = new Transform(new(0, 0.7f), Rotation.By(MathF.PI / 4));
        var manifold = EdgePolygonCollision.Collide(Ground, Origin, Box, place);
        Assert.Equal(1, manifold.Count);
        Assert.Equal(0, place.Apply(manifold.First.LocalPoint).X, 1e-6f);
    }

    /// <summary>A wide box over the end of the edge: its side is the reference, the end one of two points.</summary>
    [Fact]
    public void ABoxBesideAnUprightEdge_IsHeldByItsSide()
    {
        var post = Shape.Edge(new(0, -1), new(0, 0));
        var manifold = EdgePolygonCollision.Collide(post, Origin, Box, At(0.2f, 0.495f));
        Assert.True(manifold.IsSideOfB);
        Assert.Equal(new Vec2(0, -1), manifold.LocalNormal);
    }

    [Fact]
    public void Distance_OfSeparateShapes()
    {
        var cache = default(SimplexCache);
        Assert.Equal(3, ShapeDistance.Between(Ground, Origin, Box, At(0, 3.5f), ref cache), 1e-6f);
        Assert.Equal(5, ShapeDistance.Between(Ground, Origin, Box, At(8.5f, 4.5f), ref cache), 1e-5f);
        Assert.Equal(0, ShapeDistance.Between(Ground, Origin, Box, At(0, 0.2f), ref cache));
    }

    /// <summary>Falling from 3.5 to -3.5, the skins meet 0.02 above contact and are let overlap by 0.015.</summary>
    [Fact]
    public void TimeOfImpact_OfAFallingBox()
    {
        var fall = new Sweep { StartCenter = new(0, 3.5f), Center = new(0, -3.5f) };
        Assert.True(TimeOfImpact.TryFind(Ground, default, Box, fall, out var time));
        Assert.Equal((3 - 0.005f) / 7, time, 0.00125f / 7);
    }

    [Fact]
    public void TimeOfImpact_OfABoxThatPassesBy_IsNone()
    {
        var pass = new Sweep { StartCenter = new(7, 3), Center = new(7, -3) };
        Assert.False(TimeOfImpact.TryFind(Ground, default, Box, pass, out _));
    }

    private static Transform At(float x, float y) => new(new(x, y), new Rotation(0, 1));
}
