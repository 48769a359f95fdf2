using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Box2D.Physics.Continuous;

/// <summary>
/// When two shapes first touch on their ways, by conservative advancement along local separating axes: as long as an
/// axis separates the shapes, time moves on to where it stops to do so; then the closest points there give the next
/// axis.
/// </summary>
internal static class TimeOfImpact
{
    // Shapes are stopped with their skins overlapping a little, so that the contact is there when they are looked at
    // again.
    private static readonly float Target = MathF.Max(
        Tuning.LinearSlop, (2.0f * Tuning.SkinRadius) - (3.0f * Tuning.LinearSlop));

    private const float Tolerance = 0.25f * Tuning.LinearSlop;
    private const int MaxAxes = 20;
    private const int MaxRootIterations = 50;

    private enum Progress
    {
        Onwards,
        Touching,
        Separated,
    }

    /// <summary>Finds the time.</summary>
    /// <param name="a">One shape.</param>
    /// <param name="sweepA">Its way through the step.</param>
    /// <param name="b">The other shape.</param>
    /// <param name="sweepB">Its way through the step.</param>
    /// <param name="time">0..1 of what is left of the step.</param>
    /// <returns>False when they do not come to touch, or overlap from the beginning.</returns>
    public static bool TryFind(Shape a, Sweep sweepA, Shape b, Sweep sweepB, out float time)
    {
        // Many turns would leave the root finder few digits.
        sweepA.Normalize();
        sweepB.Normalize();

        var cache = default(SimplexCache);
        time = 0;
        for (var axes = 0; axes < MaxAxes; axes++)
        {
            var distance = ShapeDistance.Between(a, sweepA.At(time), b, sweepB.At(time), ref cache);
            if (distance <= 0)
            {
                return false;
            }

            if (distance < Target + Tolerance)
            {
                return true;
            }

            var axis = new SeparationAxis(cache, a, in sweepA, b, in sweepB, time);
            switch (Advance(axis, ref time))
            {
                case Progress.Separated:
                    return false;
                case Progress.Touching:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Moves time on to where the axis stops to separate the shapes, the deepest corners first.</summary>
    private static Progress Advance(in SeparationAxis axis, ref float time)
    {
        var end = 1.0f;
        for (var corners = 0; corners < Tuning.MaxPolygonVertices; corners++)
        {
            var atEnd = axis.Deepest(end, out var indexA, out var indexB);
            if (atEnd > Target + Tolerance)
            {
                return Progress.Separated;
            }

            if (atEnd > Target - Tolerance)
            {
                time = end;
                return Progress.Onwards;
            }

            // Deeper than it should be already at the start: rounding, and no time that could be given.
            var atStart = axis.At(time, indexA, indexB);
            if (atStart < Target - Tolerance)
            {
                return Progress.Separated;
            }

            if (atStart <= Target + Tolerance)
            {
                return Progress.Touching;
            }

            end = Root(axis, indexA, indexB, (time, atStart), (end, atEnd));
        }

        return Progress.Onwards;
    }

    /// <summary>Where the separation of two corners is the target, by turns of bisection and the secant rule.</summary>
    /// <returns>The time; the upper bracket unchanged where it is not found.</returns>
    private static float Root(
        in SeparationAxis axis,
        int indexA,
        int indexB,
        (float Time, float Separation) low,
        (float Time, float Separation) high)
    {
        var end = high.Time;
        for (var iteration = 0; iteration < MaxRootIterations; iteration++)
        {
            var time = (iteration & 1) == 0
                ? 0.5f * (low.Time + high.Time)
                : low.Time + ((Target - low.Separation) * (high.Time - low.Time) / (high.Separation - low.Separation));
            var separation = axis.At(time, indexA, indexB);
            if (MathF.Abs(separation - Target) < Tolerance)
            {
                return time;
            }

            if (separation > Target)
            {
                low = (time, separation);
            }
            else
            {
                high = (time, separation);
            }
        }

        return end;
    }
}
