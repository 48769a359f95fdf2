namespace DqnAspire.Runs.Sessions;

/// <summary>Several runs in this process, the seeds of a preset for example, a few of them at the same time.</summary>
public static class SessionGroup
{
    /// <summary>
    /// Trains every run to its end, whichever it is; <see cref="RunSession.Progress"/> says how each ended.
    /// </summary>
    /// <param name="sessions">The runs, begun in this order. None of them has begun.</param>
    /// <param name="parallelism">How many train at the same time, at least 1. Results do not depend on it.</param>
    /// <param name="stop">
    /// Stops those that train, with a checkpoint each; those that have not begun end where they are.
    /// </param>
    public static async Task TrainAsync(IReadOnlyList<RunSession> sessions, int parallelism, CancellationToken stop)
    {
        await using var registration = stop.Register(() =>
        {
            foreach (var session in sessions)
            {
                session.RequestStop(withProcess: true);
            }
        }).ConfigureAwait(false);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism };
        // A stop reaches the sessions themselves, so that each writes its files.
        await Parallel.ForEachAsync(
            sessions, options, async (session, _) => await session.TrainAsync().ConfigureAwait(false))
            .ConfigureAwait(false);
    }
}
