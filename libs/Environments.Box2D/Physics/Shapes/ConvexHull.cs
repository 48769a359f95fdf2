using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Shapes;

/// <summary>
/// Gift wrapping (R. A. Jarvis, 1973). Where it begins is part of the result: the corners' order decides the order of
/// sums and the numbers that contact points are known by.
/// </summary>
internal static class ConvexHull
{
    /// <summary>The hull of points, counterclockwise from the rightmost one, the lowest of equals.</summary>
    /// <param name="points">At least one point.</param>
    public static Vec2[] Around(ReadOnlySpan<Vec2> points)
    {
        var first = Rightmost(points);
        var hull = new List<Vec2>(points.Length);
        var corner = first;
        do
        {
            hull.Add(points[corner]);
            corner = Next(points, corner);
        }
        while (corner != first && hull.Count <= points.Length);

        return [.. hull];
    }

    private static int Rightmost(ReadOnlySpan<Vec2> points)
    {
        var best = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i].X > points[best].X || (points[i].X == points[best].X && points[i].Y < points[best].Y))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>
    /// The point that has no other to the right of the line to it; the farthest of those on one line.
    /// </summary>
    private static int Next(ReadOnlySpan<Vec2> points, int corner)
    {
        var next = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (next == corner)
            {
                next = i;
                continue;
            }

            var toNext = points[next] - points[corner];
            var toPoint = points[i] - points[corner];
            var turn = Vec2.Cross(toNext, toPoint);
            if (turn < 0 || (turn == 0 && toPoint.LengthSquared > toNext.LengthSquared))
            {
                next = i;
            }
        }

        return next;
    }
}
