using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Continuous;

/// <summary>A point, segment or triangle of the Minkowski difference of two shapes.</summary>
internal struct Simplex
{
    /// <summary>Number of corners, 1..3.</summary>
    public int Count;

    /// <summary>The first corner.</summary>
    public SimplexVertex First;

    /// <summary>The second corner.</summary>
    public SimplexVertex Second;

    /// <summary>The third corner.</summary>
    public SimplexVertex Third;

    /// <summary>Length of the segment or twice the area of the triangle; 0 for a point.</summary>
    public readonly float Metric => Count switch
    {
        1 => 0,
        2 => (First.Difference - Second.Difference).Length,
        _ => Vec2.Cross(Second.Difference - First.Difference, Third.Difference - First.Difference),
    };

    /// <summary>Towards the origin, from a point or at a right angle to a segment.</summary>
    public readonly Vec2 SearchDirection
    {
        get
        {
            if (Count == 1)
            {
                return -First.Difference;
            }

            var along = Second.Difference - First.Difference;
            var right = Vec2.RightOf(along);
            return Vec2.Cross(along, -First.Difference) > 0 ? -right : right;
        }
    }

    /// <summary>The point of the first shape that is closest to the second.</summary>
    public readonly Vec2 ClosestOfA => Count switch
    {
        1 => First.PointA,
        2 => (First.Weight * First.PointA) + (Second.Weight * Second.PointA),
        _ => (First.Weight * First.PointA) + (Second.Weight * Second.PointA) + (Third.Weight * Third.PointA),
    };

    /// <summary>The point of the second shape that is closest to the first: the same where they overlap.</summary>
    public readonly Vec2 ClosestOfB => Count switch
    {
        1 => First.PointB,
        2 => (First.Weight * First.PointB) + (Second.Weight * Second.PointB),
        _ => ClosestOfA,
    };

    /// <summary>Adds a corner.</summary>
    public void Add(in SimplexVertex vertex)
    {
        switch (Count++)
        {
            case 0:
                First = vertex;
                break;
            case 1:
                Second = vertex;
                break;
            default:
                Third = vertex;
                break;
        }
    }

    /// <summary>Whether a corner is made of these two corners.</summary>
    public readonly bool Has(int indexA, int indexB) =>
        (First.IndexA == indexA && First.IndexB == indexB)
        || (Count > 1 && Second.IndexA == indexA && Second.IndexB == indexB)
        || (Count > 2 && Third.IndexA == indexA && Third.IndexB == indexB);

    /// <summary>Keeps the corners that the point closest to the origin needs, and finds their weights.</summary>
    public void Reduce()
    {
        if (Count == 2)
        {
            ReduceSegment();
        }
        else if (Count == 3)
        {
            ReduceTriangle();
        }
    }

    private void ReduceSegment()
    {
        var along = Second.Difference - First.Difference;
        var ofSecond = -Vec2.Dot(First.Difference, along);
        var ofFirst = Vec2.Dot(Second.Difference, along);
        if (ofSecond <= 0)
        {
            KeepPoint(First);
        }
        else if (ofFirst <= 0)
        {
            KeepPoint(Second);
        }
        else
        {
            KeepSegment(First, ofFirst, Second, ofSecond);
        }
    }

    /// <summary>
    /// The regions of a triangle in which the origin may lie (C. Ericson, "Real-Time Collision Detection", 5.1.5).
    /// </summary>
    private void ReduceTriangle()
    {
        var (w1, w2, w3) = (First.Difference, Second.Difference, Third.Difference);
        var (e12, e13, e23) = (w2 - w1, w3 - w1, w3 - w2);
        var (d12Of1, d12Of2) = (Vec2.Dot(w2, e12), -Vec2.Dot(w1, e12));
        var (d13Of1, d13Of3) = (Vec2.Dot(w3, e13), -Vec2.Dot(w1, e13));
        var (d23Of2, d23Of3) = (Vec2.Dot(w3, e23), -Vec2.Dot(w2, e23));
        var area = Vec2.Cross(e12, e13);
        var of1 = area * Vec2.Cross(w2, w3);
        var of2 = area * Vec2.Cross(w3, w1);
        var of3 = area * Vec2.Cross(w1, w2);

        if (d12Of2 <= 0 && d13Of3 <= 0)
        {
            KeepPoint(First);
        }
        else if (d12Of1 > 0 && d12Of2 > 0 && of3 <= 0)
        {
            KeepSegment(First, d12Of1, Second, d12Of2);
        }
        else if (d13Of1 > 0 && d13Of3 > 0 && of2 <= 0)
        {
            KeepSegment(First, d13Of1, Third, d13Of3);
        }
        else if (d12Of1 <= 0 && d23Of3 <= 0)
        {
            KeepPoint(Second);
        }
        else if (d13Of1 <= 0 && d23Of2 <= 0)
        {
            KeepPoint(Third);
        }
        else if (d23Of2 > 0 && d23Of3 > 0 && of1 <= 0)
        {
            KeepSegment(Third, d23Of3, Second, d23Of2);
        }
        else
        {
            var scale = 1.0f / (of1 + of2 + of3);
            First.Weight = of1 * scale;
            Second.Weight = of2 * scale;
            Third.Weight = of3 * scale;
        }
    }

    private void KeepPoint(SimplexVertex vertex)
    {
        First = vertex;
        First.Weight = 1;
        Count = 1;
    }

    private void KeepSegment(SimplexVertex first, float ofFirst, SimplexVertex second, float ofSecond)
    {
        var scale = 1.0f / (ofFirst + ofSecond);
        First = first;
        First.Weight = ofFirst * scale;
        Second = second;
        Second.Weight = ofSecond * scale;
        Count = 2;
    }
}
