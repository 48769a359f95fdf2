using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Shapes;

/// <summary>Mass of a polygon of even density, by a fan of triangles.</summary>
/// <param name="Mass">In kilograms.</param>
/// <param name="Center">Centre of mass.</param>
/// <param name="Inertia">Moment of inertia about the origin, in kilogram square metres.</param>
internal readonly record struct MassProperties(float Mass, Vec2 Center, float Inertia)
{
    private const float Third = 1.0f / 3.0f;

    /// <summary>Mass of a shape; an edge has none.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="density">In kilograms a square metre.</param>
    public static MassProperties Of(Shape shape, float density)
    {
        if (shape.IsEdge)
        {
            return default;
        }

        // The fan's apex is the mean of the corners, not the origin: that is where roundings are small.
        var vertices = shape.Vertices;
        var apex = default(Vec2);
        foreach (var vertex in vertices)
        {
            apex += vertex;
        }

        apex = (1.0f / vertices.Length) * apex;

        var center = default(Vec2);
        var area = 0.0f;
        var inertia = 0.0f;
        for (var i = 0; i < vertices.Length; i++)
        {
            var a = vertices[i] - apex;
            var b = vertices[(i + 1) % vertices.Length] - apex;
            var parallelogram = Vec2.Cross(a, b);
            var triangle = 0.5f * parallelogram;
            area += triangle;
            center += (triangle * Third) * (a + b);

            var squaresX = (a.X * a.X) + (b.X * a.X) + (b.X * b.X);
            var squaresY = (a.Y * a.Y) + (b.Y * a.Y) + (b.Y * b.Y);
            inertia += (0.25f * Third * parallelogram) * (squaresX + squaresY);
        }

        var mass = density * area;
        center = (1.0f / area) * center;
        var atOrigin = center + apex;

        // Steiner's theorem, from the apex by way of the centre to the origin.
        return new MassProperties(
            mass, atOrigin, (density * inertia) + (mass * (Vec2.Dot(atOrigin, atOrigin) - Vec2.Dot(center, center))));
    }

    /// <summary>The middle of a polygon's area, its fan's apex at the origin.</summary>
    public static Vec2 CentroidOf(ReadOnlySpan<Vec2> vertices)
    {
        var center = default(Vec2);
        var area = 0.0f;
        for (var i = 0; i < vertices.Length; i++)
        {
            var a = vertices[i];
            var b = vertices[(i + 1) % vertices.Length];
            var triangle = 0.5f * Vec2.Cross(a, b);
            area += triangle;
            center += (triangle * Third) * (a + b);
        }

        return (1.0f / area) * center;
    }
}
