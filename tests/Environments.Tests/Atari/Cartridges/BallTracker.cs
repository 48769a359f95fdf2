namespace DqnAspire.Environments.Tests.Atari.Cartridges;

/// <summary>
/// Foresees where a ball that bounces between two walls will be, from where it was at the last two looks.
/// </summary>
internal sealed class BallTracker(double lowest, double highest)
{
    private (double Along, double Across) _last;

    /// <summary>Looks at the ball.</summary>
    /// <param name="along">Its place on the way to the paddle.</param>
    /// <param name="across">Its place between the walls.</param>
    /// <param name="goal">Where on its way the paddle is.</param>
    /// <returns>
    /// Its place between the walls when it comes to the paddle; where it is now when it goes the other way.
    /// </returns>
    public double Foresee(double along, double across, double goal)
    {
        var (speedAlong, speedAcross) = (along - _last.Along, across - _last.Across);
        _last = (along, across);
        if (speedAlong <= 0)
        {
            return across;
        }

        // Bouncing between two walls is going straight in a row of mirrored rooms.
        var room = highest - lowest;
        var straight = (across + (speedAcross * (goal - along) / speedAlong) - lowest) % (2 * room);
        straight = straight < 0 ? straight + (2 * room) : straight;
        return lowest + Math.Min(straight, (2 * room) - straight);
    }
}
