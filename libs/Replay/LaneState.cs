namespace DqnAspire.Replay;

/// <summary>The current episode of a lane.</summary>
/// <param name="Head">The record that its next step starts from; -1 when it has no episode.</param>
/// <param name="Episode">Number of the episode.</param>
/// <param name="Step">Steps of it so far.</param>
internal readonly record struct LaneState(long Head, long Episode, int Step)
{
    public static LaneState Idle => new(-1, 0, 0);
}
