using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Collision;

/// <summary>An end of a segment that is being clipped.</summary>
/// <param name="Point">Where it is.</param>
/// <param name="Feature">What it comes from.</param>
internal readonly record struct ClipPoint(Vec2 Point, ContactFeature Feature);
