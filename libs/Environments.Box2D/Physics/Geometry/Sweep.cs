namespace DqnAspire.Environments.Box2D.Physics.Geometry;

/// <summary>
/// The way of a body through a time step, its centre of mass on a line and its angle evenly, from the part of the step
/// that is already done to the step's end.
/// </summary>
internal struct Sweep
{
    /// <summary>Centre of mass in the body.</summary>
    public Vec2 LocalCenter;

    /// <summary>Centre of mass at the time <see cref="Done"/>.</summary>
    public Vec2 StartCenter;

    /// <summary>Centre of mass at the step's end.</summary>
    public Vec2 Center;

    /// <summary>Angle at the time <see cref="Done"/>, in radians.</summary>
    public float StartAngle;

    /// <summary>Angle at the step's end, in radians.</summary>
    public float Angle;

    /// <summary>Part of the step, 0..1, that is done.</summary>
    public float Done;

    /// <summary>Where the body is at a time.</summary>
    /// <param name="time">0 at <see cref="Done"/>, 1 at the step's end.</param>
    public readonly Transform At(float time) => Transform.AboutCenter(CenterAt(time), AngleAt(time), LocalCenter);

    /// <summary>Moves the start forward.</summary>
    /// <param name="done">The part of the step that is done then, below 1 before the call.</param>
    public void Advance(float done)
    {
        var time = (done - Done) / (1.0f - Done);
        StartCenter = CenterAt(time);
        StartAngle = AngleAt(time);
        Done = done;
    }

    /// <summary>Takes whole turns off both angles, so that the start is of 0..2 pi.</summary>
    public void Normalize()
    {
        const float Turn = 2.0f * Tuning.Pi;
        var turns = Turn * MathF.Floor(StartAngle / Turn);
        StartAngle -= turns;
        Angle -= turns;
    }

    private readonly Vec2 CenterAt(float time) => ((1.0f - time) * StartCenter) + (time * Center);

    private readonly float AngleAt(float time) => ((1.0f - time) * StartAngle) + (time * Angle);
}
