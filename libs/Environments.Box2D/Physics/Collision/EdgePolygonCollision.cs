using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Box2D.Physics.Collision;

/// <summary>
/// Where a lone edge and a polygon touch, by separating axes: the edge's normal on the side of the polygon's middle,
/// and each of the polygon's. Along the axis of least overlap one side is the reference, and the side of the other
/// shape that faces it is clipped to its width.
/// </summary>
internal static class EdgePolygonCollision
{
    private const float Radius = 2.0f * Tuning.SkinRadius;

    // The edge stays the reference unless the polygon is better by this much: contacts would flicker between the two.
    private const float RelativeTolerance = 0.98f;
    private const float AbsoluteTolerance = 0.001f;

    /// <summary>Finds the contact points; their impulses are left at 0.</summary>
    /// <param name="edge">The edge, A.</param>
    /// <param name="edgePlace">Where it is.</param>
    /// <param name="polygon">The polygon, B.</param>
    /// <param name="polygonPlace">Where it is.</param>
    /// <returns>The manifold; without points where they do not touch.</returns>
    public static Manifold Collide(Shape edge, in Transform edgePlace, Shape polygon, in Transform polygonPlace)
    {
        var place = edgePlace.Relative(polygonPlace);
        var v1 = edge.Vertices[0];
        var v2 = edge.Vertices[1];
        var right = Vec2.RightOf((v2 - v1).Normalized(out _));
        var isFront = Vec2.Dot(right, place.Apply(polygon.Centroid) - v1) >= 0;
        var normal = isFront ? right : -right;

        // The polygon as the edge sees it.
        var count = polygon.Vertices.Length;
        Span<Vec2> cornerBuffer = stackalloc Vec2[Tuning.MaxPolygonVertices];
        Span<Vec2> normalBuffer = stackalloc Vec2[Tuning.MaxPolygonVertices];
        var corners = cornerBuffer[..count];
        var normals = normalBuffer[..count];
        for (var i = 0; i < count; i++)
        {
            corners[i] = place.Apply(polygon.Vertices[i]);
        }

        var edgeSeparation = EdgeSeparation(normal, v1, corners);
        if (edgeSeparation > Radius)
        {
            return default;
        }

        for (var i = 0; i < count; i++)
        {
            normals[i] = place.Rotation.Apply(polygon.Normals[i]);
        }

        var polygonSeparation = PolygonSeparation(v1, v2, corners, normals, out var side);
        if (polygonSeparation > Radius)
        {
            return default;
        }

        return polygonSeparation > (RelativeTolerance * edgeSeparation) + AbsoluteTolerance
            ? AgainstPolygon(polygon, side, v1, v2, corners, normals[side])
            : AgainstEdge(place, normal, isFront, v1, v2, corners, normals);
    }

    private static float EdgeSeparation(Vec2 normal, Vec2 v1, ReadOnlySpan<Vec2> corners)
    {
        var least = float.MaxValue;
        foreach (var corner in corners)
        {
            var separation = Vec2.Dot(normal, corner - v1);
            if (separation < least)
            {
                least = separation;
            }
        }

        return least;
    }

    /// <summary>
    /// The greatest separation along the polygon's normals; the first that separates the shapes ends the search.
    /// </summary>
    private static float PolygonSeparation(
        Vec2 v1, Vec2 v2, ReadOnlySpan<Vec2> corners, ReadOnlySpan<Vec2> normals, out int side)
    {
        var greatest = float.MinValue;
        side = 0;
        for (var i = 0; i < corners.Length; i++)
        {
            var inward = -normals[i];
            var s1 = Vec2.Dot(inward, corners[i] - v1);
            var s2 = Vec2.Dot(inward, corners[i] - v2);
            var separation = s1 < s2 ? s1 : s2;
            if (separation > greatest)
            {
                greatest = separation;
                side = i;
                if (separation > Radius)
                {
                    break;
                }
            }
        }

        return greatest;
    }

    /// <summary>The edge is the reference: the polygon's side that faces it most is clipped to its width.</summary>
    private static Manifold AgainstEdge(
        in Transform place,
        Vec2 normal,
        bool isFront,
        Vec2 v1,
        Vec2 v2,
        ReadOnlySpan<Vec2> corners,
        ReadOnlySpan<Vec2> normals)
    {
        var facing = 0;
        var least = Vec2.Dot(normal, normals[0]);
        for (var i = 1; i < normals.Length; i++)
        {
            var value = Vec2.Dot(normal, normals[i]);
            if (value < least)
            {
                least = value;
                facing = i;
            }
        }

        var next = facing + 1 < corners.Length ? facing + 1 : 0;
        var incident = new ClipSegment(
            new ClipPoint(corners[facing], new ContactFeature(0, (byte)facing, IsSideA: true, IsSideB: false)),
            new ClipPoint(corners[next], new ContactFeature(0, (byte)next, IsSideA: true, IsSideB: false)));
        var (i1, i2, from, to) = isFront ? (0, 1, v1, v2) : (1, 0, v2, v1);
        if (!TryClipToWidth(incident, normal, i1, from, i2, to, out var clipped))
        {
            return default;
        }

        var manifold = new Manifold { LocalNormal = normal, LocalPoint = from };
        if (Vec2.Dot(normal, clipped.From.Point - from) <= Radius)
        {
            Add(ref manifold, place.Undo(clipped.From.Point), clipped.From.Feature);
        }

        if (Vec2.Dot(normal, clipped.To.Point - from) <= Radius)
        {
            Add(ref manifold, place.Undo(clipped.To.Point), clipped.To.Feature);
        }

        return manifold;
    }

    /// <summary>A side of the polygon is the reference: the edge is clipped to its width.</summary>
    private static Manifold AgainstPolygon(
        Shape polygon, int side, Vec2 v1, Vec2 v2, ReadOnlySpan<Vec2> corners, Vec2 normal)
    {
        var incident = new ClipSegment(
            new ClipPoint(v1, new ContactFeature(0, (byte)side, IsSideA: false, IsSideB: true)),
            new ClipPoint(v2, new ContactFeature(0, (byte)side, IsSideA: false, IsSideB: true)));
        var next = side + 1 < corners.Length ? side + 1 : 0;
        var from = corners[side];
        if (!TryClipToWidth(incident, normal, side, from, next, corners[next], out var clipped))
        {
            return default;
        }

        var manifold =
            new Manifold { IsSideOfB = true, LocalNormal = polygon.Normals[side], LocalPoint = polygon.Vertices[side] };
        if (Vec2.Dot(normal, clipped.From.Point - from) <= Radius)
        {
            Add(ref manifold, clipped.From.Point, clipped.From.Feature.Exchanged);
        }

        if (Vec2.Dot(normal, clipped.To.Point - from) <= Radius)
        {
            Add(ref manifold, clipped.To.Point, clipped.To.Feature.Exchanged);
        }

        return manifold;
    }

    /// <summary>Clips to the strip over the reference side, which runs from one corner to the next.</summary>
    private static bool TryClipToWidth(
        in ClipSegment incident, Vec2 normal, int i1, Vec2 from, int i2, Vec2 to, out ClipSegment clipped)
    {
        var before = Vec2.RightOf(normal);
        var after = -before;
        clipped = default;
        return incident.TryClip(before, Vec2.Dot(before, from), i1, out var half)
            && half.TryClip(after, Vec2.Dot(after, to), i2, out clipped);
    }

    private static void Add(ref Manifold manifold, Vec2 localPoint, ContactFeature feature)
    {
        ref var point = ref manifold.Count == 0 ? ref manifold.First : ref manifold.Second;
        point.LocalPoint = localPoint;
        point.Feature = feature;
        manifold.Count++;
    }
}
