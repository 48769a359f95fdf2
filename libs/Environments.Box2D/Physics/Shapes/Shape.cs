using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Shapes;

/// <summary>A convex polygon, counterclockwise, or an edge without thickness other than its skin.</summary>
internal sealed class Shape
{
    private readonly Vec2[] _vertices;
    private readonly Vec2[] _normals;

    private Shape(Vec2[] vertices, Vec2[] normals, Vec2 centroid)
    {
        _vertices = vertices;
        _normals = normals;
        Centroid = centroid;
    }

    /// <summary>Whether it is an edge.</summary>
    public bool IsEdge => _vertices.Length == 2;

    /// <summary>The corners.</summary>
    public ReadOnlySpan<Vec2> Vertices => _vertices;

    /// <summary>Of a polygon: the outward direction of the side that begins at each corner.</summary>
    public ReadOnlySpan<Vec2> Normals => _normals;

    /// <summary>Of a polygon: the middle of its area.</summary>
    public Vec2 Centroid { get; }

    /// <summary>The convex hull of points.</summary>
    /// <param name="points">At least three that are not on one line.</param>
    /// <exception cref="ArgumentException">They make no polygon, or one of too many corners.</exception>
    public static Shape Polygon(params ReadOnlySpan<Vec2> points)
    {
        var vertices = ConvexHull.Around(points);
        if (vertices.Length is < 3 or > Tuning.MaxPolygonVertices)
        {
            throw new ArgumentException(
                $"A polygon has 3..{Tuning.MaxPolygonVertices} corners; these points make {vertices.Length}.",
                nameof(points));
        }

        var normals = new Vec2[vertices.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            normals[i] = Vec2.RightOf(vertices[(i + 1) % vertices.Length] - vertices[i]).Normalized(out _);
        }

        return new Shape(vertices, normals, MassProperties.CentroidOf(vertices));
    }

    /// <summary>A rectangle about the origin.</summary>
    /// <param name="halfWidth">Half of its width.</param>
    /// <param name="halfHeight">Half of its height.</param>
    public static Shape Box(float halfWidth, float halfHeight) => new(
        [
            new(-halfWidth, -halfHeight),
            new(halfWidth, -halfHeight),
            new(halfWidth, halfHeight),
            new(-halfWidth, halfHeight),
        ],
        [new(0, -1), new(1, 0), new(0, 1), new(-1, 0)],
        default);

    /// <summary>An edge, solid from both sides.</summary>
    public static Shape Edge(Vec2 from, Vec2 to) => new([from, to], [], default);

    /// <summary>Gives an edge other ends, before a body takes it.</summary>
    /// <exception cref="InvalidOperationException">It is no edge.</exception>
    public void MoveEdge(Vec2 from, Vec2 to)
    {
        if (!IsEdge)
        {
            throw new InvalidOperationException("Only an edge can be given other ends.");
        }

        _vertices[0] = from;
        _vertices[1] = to;
    }

    /// <summary>The box around it, skin included.</summary>
    /// <param name="place">Where it is.</param>
    public Bounds BoundsAt(in Transform place)
    {
        var lower = place.Apply(_vertices[0]);
        var upper = lower;
        foreach (var vertex in _vertices.AsSpan(1))
        {
            var point = place.Apply(vertex);
            lower = Vec2.Min(lower, point);
            upper = Vec2.Max(upper, point);
        }

        return new Bounds(lower, upper).Grown(Tuning.SkinRadius);
    }

    /// <summary>The corner that lies farthest in a direction, the first of equals.</summary>
    public int Support(Vec2 direction)
    {
        var vertices = _vertices;
        var best = 0;
        var farthest = Vec2.Dot(vertices[0], direction);
        for (var i = 1; i < vertices.Length; i++)
        {
            var distance = Vec2.Dot(vertices[i], direction);
            if (distance > farthest)
            {
                best = i;
                farthest = distance;
            }
        }

        return best;
    }
}
