using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Collision;

/// <summary>A segment, to be clipped by half planes (I. E. Sutherland and G. W. Hodgman, 1974).</summary>
/// <param name="From">One end.</param>
/// <param name="To">The other end.</param>
internal readonly record struct ClipSegment(ClipPoint From, ClipPoint To)
{
    /// <summary>Cuts off what lies beyond a line.</summary>
    /// <param name="normal">The direction that is beyond.</param>
    /// <param name="offset">Distance of the line from the origin in that direction.</param>
    /// <param name="corner">The corner through which the line goes, to name a point that is cut there.</param>
    /// <param name="clipped">What is left.</param>
    /// <returns>False when less than a segment is left.</returns>
    public bool TryClip(Vec2 normal, float offset, int corner, out ClipSegment clipped)
    {
        var from = Vec2.Dot(normal, From.Point) - offset;
        var to = Vec2.Dot(normal, To.Point) - offset;
        if (from <= 0 && to <= 0)
        {
            clipped = this;
            return true;
        }

        if (!(from * to < 0))
        {
            clipped = default;
            return false;
        }

        var share = from / (from - to);
        var cut = new ClipPoint(
            From.Point + (share * (To.Point - From.Point)),
            new ContactFeature((byte)corner, From.Feature.IndexB, IsSideA: false, IsSideB: true));
        clipped = new ClipSegment(from <= 0 ? From : To, cut);
        return true;
    }
}
