using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Box2D.Physics.Continuous;

/// <summary>
/// Distance of two convex shapes without their skins (E. G. Gilbert, D. W. Johnson and S. S. Keerthi, 1988): a simplex
/// of the Minkowski difference walks towards the origin, corner by corner.
/// </summary>
internal static class ShapeDistance
{
    private const int MaxIterations = 20;

    /// <summary>Finds the distance.</summary>
    /// <param name="a">One shape.</param>
    /// <param name="placeA">Where it is.</param>
    /// <param name="b">The other shape.</param>
    /// <param name="placeB">Where it is.</param>
    /// <param name="cache">Where to begin; receives where the search ended.</param>
    /// <returns>The distance; 0 where they overlap.</returns>
    public static float Between(Shape a, in Transform placeA, Shape b, in Transform placeB, ref SimplexCache cache)
    {
        var simplex = Begin(a, placeA, b, placeB, cache);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var before = simplex;
            simplex.Reduce();
            if (simplex.Count == 3)
            {
                break;
            }

            // Too short to be a direction: the origin is on the simplex, or as good as.
            var direction = simplex.SearchDirection;
            if (direction.LengthSquared < Tuning.Epsilon * Tuning.Epsilon)
            {
                break;
            }

            var indexA = a.Support(placeA.Rotation.Undo(-direction));
            var indexB = b.Support(placeB.Rotation.Undo(direction));
            if (before.Has(indexA, indexB))
            {
                break;
            }

            simplex.Add(Vertex(a, placeA, indexA, b, placeB, indexB));
        }

        cache.Metric = simplex.Metric;
        cache.Count = simplex.Count;
        cache.A = (simplex.First.IndexA, simplex.Second.IndexA, simplex.Third.IndexA);
        cache.B = (simplex.First.IndexB, simplex.Second.IndexB, simplex.Third.IndexB);
        return (simplex.ClosestOfA - simplex.ClosestOfB).Length;
    }

    /// <summary>The cached simplex where the shapes are now, or one corner when it has become another.</summary>
    private static Simplex Begin(Shape a, in Transform placeA, Shape b, in Transform placeB, in SimplexCache cache)
    {
        var simplex = default(Simplex);
        if (cache.Count > 0)
        {
            simplex.Add(Vertex(a, placeA, cache.A.First, b, placeB, cache.B.First));
        }

        if (cache.Count > 1)
        {
            simplex.Add(Vertex(a, placeA, cache.A.Second, b, placeB, cache.B.Second));
        }

        if (cache.Count > 2)
        {
            simplex.Add(Vertex(a, placeA, cache.A.Third, b, placeB, cache.B.Third));
        }

        if (simplex.Count > 1)
        {
            var metric = simplex.Metric;
            if (metric < 0.5f * cache.Metric || 2.0f * cache.Metric < metric || metric < Tuning.Epsilon)
            {
                simplex.Count = 0;
            }
        }

        if (simplex.Count == 0)
        {
            simplex.Add(Vertex(a, placeA, 0, b, placeB, 0));
        }

        return simplex;
    }

    private static SimplexVertex Vertex(
        Shape a, in Transform placeA, int indexA, Shape b, in Transform placeB, int indexB)
    {
        var pointA = placeA.Apply(a.Vertices[indexA]);
        var pointB = placeB.Apply(b.Vertices[indexB]);
        return new SimplexVertex
        {
            IndexA = indexA,
            IndexB = indexB,
            PointA = pointA,
            PointB = pointB,
            Difference = pointB - pointA,
        };
    }
}
