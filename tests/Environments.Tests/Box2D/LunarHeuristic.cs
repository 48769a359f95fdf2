namespace DqnAspire.Environments.Tests.Box2D;

/// <summary>The policy that comes with Gymnasium's LunarLander: tilts towards the pad and brakes the fall.</summary>
internal static class LunarHeuristic
{
    public static int Act(ReadOnlySpan<float> observation)
    {
        double x = observation[0], y = observation[1], velocityX = observation[2], velocityY = observation[3];
        double angle = observation[4], turnRate = observation[5];
        var tilt = ((Math.Clamp((0.5 * x) + velocityX, -0.4, 0.4) - angle) * 0.5) - turnRate;
        var lift = (((0.55 * Math.Abs(x)) - y) * 0.5) - (velocityY * 0.5);
        if (observation[6] != 0 || observation[7] != 0)
        {
            tilt = 0;
            lift = -velocityY * 0.5;
        }

        if (lift > Math.Abs(tilt) && lift > 0.05)
        {
            return 2;
        }

        return tilt < -0.05 ? 3 : tilt > 0.05 ? 1 : 0;
    }
}
