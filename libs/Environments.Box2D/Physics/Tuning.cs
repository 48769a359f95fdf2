namespace DqnAspire.Environments.Box2D.Physics;

/// <summary>The numbers that Box2D 2.3 is tuned with, in metres, kilograms, seconds and radians.</summary>
internal static class Tuning
{
    /// <summary>Distance from 1 to the next single-precision number.</summary>
    public const float Epsilon = 1.1920929e-7f;

    /// <summary>Pi, as many digits as the original writes.</summary>
    public const float Pi = 3.14159265359f;

    /// <summary>Lengths below this do not show.</summary>
    public const float LinearSlop = 0.005f;

    /// <summary>Angles below this do not show.</summary>
    public const float AngularSlop = 2.0f / 180.0f * Pi;

    /// <summary>Thickness of the skin around polygons and edges.</summary>
    public const float SkinRadius = 2.0f * LinearSlop;

    /// <summary>Margin of a shape's box, so that small movements leave it as it is.</summary>
    public const float BoundsMargin = 0.1f;

    /// <summary>How many times its last movement a shape's box is stretched ahead.</summary>
    public const float BoundsPrediction = 2.0f;

    /// <summary>Approaching slower than this, in metres a second, bodies do not bounce.</summary>
    public const float BounceThreshold = 1.0f;

    /// <summary>Maximum correction of a position in one iteration.</summary>
    public const float MaxLinearCorrection = 0.2f;

    /// <summary>Maximum correction of an angle in one iteration.</summary>
    public const float MaxAngularCorrection = 8.0f / 180.0f * Pi;

    /// <summary>Maximum movement of a body in a step.</summary>
    public const float MaxTranslation = 2.0f;

    /// <summary>Maximum turn of a body in a step.</summary>
    public const float MaxRotation = 0.5f * Pi;

    /// <summary>Part of an overlap that an iteration takes away.</summary>
    public const float Baumgarte = 0.2f;

    /// <summary>The same after an impact within a step.</summary>
    public const float ImpactBaumgarte = 0.75f;

    /// <summary>How often a contact may stop its bodies within a step.</summary>
    public const int MaxImpacts = 8;

    /// <summary>Maximum of contacts that are solved together after an impact.</summary>
    public const int MaxImpactContacts = 32;

    /// <summary>Position iterations after an impact.</summary>
    public const int ImpactPositionIterations = 20;

    /// <summary>How long bodies must be still to fall asleep.</summary>
    public const float TimeToSleep = 0.5f;

    /// <summary>Faster than this is not still.</summary>
    public const float SleepSpeed = 0.01f;

    /// <summary>Turning faster than this is not still.</summary>
    public const float SleepTurnRate = 2.0f / 180.0f * Pi;

    /// <summary>Maximum of vertices of a polygon, as the Python binding that Gymnasium uses has it.</summary>
    public const int MaxPolygonVertices = 16;
}
