using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Box2D.Physics.Continuous;

/// <summary>
/// The distance of two moving shapes along an axis as a function of time. The axis is fixed in the world between two
/// corners, or belongs to a side of one of the shapes.
/// </summary>
internal readonly ref struct SeparationAxis
{
    private readonly Shape _a;
    private readonly Shape _b;
    private readonly ref readonly Sweep _sweepA;
    private readonly ref readonly Sweep _sweepB;
    private readonly AxisKind _kind;
    private readonly Vec2 _localPoint;
    private readonly Vec2 _axis;

    /// <summary>The axis between the closest points that a search for the distance ended with.</summary>
    /// <param name="cache">Its one or two corners.</param>
    /// <param name="a">One shape.</param>
    /// <param name="sweepA">Its way through the step.</param>
    /// <param name="b">The other shape.</param>
    /// <param name="sweepB">Its way through the step.</param>
    /// <param name="time">The time of the search.</param>
    public SeparationAxis(
        in SimplexCache cache, Shape a, ref readonly Sweep sweepA, Shape b, ref readonly Sweep sweepB, float time)
    {
        _a = a;
        _b = b;
        _sweepA = ref sweepA;
        _sweepB = ref sweepB;
        var placeA = sweepA.At(time);
        var placeB = sweepB.At(time);
        if (cache.Count == 1)
        {
            _kind = AxisKind.Corners;
            _axis = (placeB.Apply(b.Vertices[cache.B.First]) - placeA.Apply(a.Vertices[cache.A.First]))
                .Normalized(out _);
        }
        else if (cache.A.First == cache.A.Second)
        {
            _kind = AxisKind.SideOfB;
            var (from, to) = (b.Vertices[cache.B.First], b.Vertices[cache.B.Second]);
            _localPoint = 0.5f * (from + to);
            _axis = Towards(placeB, from, to, _localPoint, placeA.Apply(a.Vertices[cache.A.First]));
        }
        else
        {
            _kind = AxisKind.SideOfA;
            var (from, to) = (a.Vertices[cache.A.First], a.Vertices[cache.A.Second]);
            _localPoint = 0.5f * (from + to);
            _axis = Towards(placeA, from, to, _localPoint, placeB.Apply(b.Vertices[cache.B.First]));
        }
    }

    private enum AxisKind
    {
        Corners,
        SideOfA,
        SideOfB,
    }

    /// <summary>The separation at a time, with the corners that are deepest then.</summary>
    /// <param name="time">0..1 of what is left of the step.</param>
    /// <param name="indexA">The first shape's corner; -1 where its side is the reference.</param>
    /// <param name="indexB">The second shape's corner, likewise.</param>
    public float Deepest(float time, out int indexA, out int indexB)
    {
        var placeA = _sweepA.At(time);
        var placeB = _sweepB.At(time);
        indexA = indexB = -1;
        switch (_kind)
        {
            case AxisKind.Corners:
                indexA = _a.Support(placeA.Rotation.Undo(_axis));
                indexB = _b.Support(placeB.Rotation.Undo(-_axis));
                break;
            case AxisKind.SideOfA:
                indexB = _b.Support(placeB.Rotation.Undo(-placeA.Rotation.Apply(_axis)));
                break;
            default:
                indexA = _a.Support(placeA.Rotation.Undo(-placeB.Rotation.Apply(_axis)));
                break;
        }

        return Separation(placeA, indexA, placeB, indexB);
    }

    /// <summary>The separation at a time, of the corners that <see cref="Deepest"/> named.</summary>
    public float At(float time, int indexA, int indexB) =>
        Separation(_sweepA.At(time), indexA, _sweepB.At(time), indexB);

    private static Vec2 Towards(in Transform place, Vec2 from, Vec2 to, Vec2 localPoint, Vec2 other)
    {
        var axis = Vec2.RightOf(to - from).Normalized(out _);
        var separation = Vec2.Dot(other - place.Apply(localPoint), place.Rotation.Apply(axis));
        return separation < 0 ? -axis : axis;
    }

    private float Separation(in Transform placeA, int indexA, in Transform placeB, int indexB) => _kind switch
    {
        AxisKind.Corners => Vec2.Dot(placeB.Apply(_b.Vertices[indexB]) - placeA.Apply(_a.Vertices[indexA]), _axis),
        AxisKind.SideOfA =>
            Vec2.Dot(placeB.Apply(_b.Vertices[indexB]) - placeA.Apply(_localPoint), placeA.Rotation.Apply(_axis)),
        _ => Vec2.Dot(placeA.Apply(_a.Vertices[indexA]) - placeB.Apply(_localPoint), placeB.Rotation.Apply(_axis)),
    };
}
