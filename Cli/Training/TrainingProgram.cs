using System.Collections.Concurrent;
using DqnAspire.Agents.Training;
using DqnAspire.Monitoring;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Cli.Training;

/// <summary>Trains runs in this process, side by side, until they end or the user stops them.</summary>
/// <param name="runs">The runs.</param>
/// <param name="request">What was asked for.</param>
/// <param name="signals">Ctrl-C and SIGTERM.</param>
internal sealed class TrainingProgram(IReadOnlyList<PlannedRun> runs, TrainRequest request, StopSignals signals)
{
    /// <summary>The sessions that have started, by index of their run.</summary>
    private readonly ConcurrentDictionary<int, RunSession> _sessions = [];

    /// <summary>The status of every run that has started, in the order of the seeds.</summary>
    public IReadOnlyList<TrainingStatus> Statuses =>
        [.. _sessions.OrderBy(pair => pair.Key).Select(pair => TrainingStatus.Of(pair.Value))];

    /// <summary>How many runs there are.</summary>
    public int Count => runs.Count;

    /// <summary>Trains all runs. After a signal, running ones end with a checkpoint and no further one starts.</summary>
    /// <exception cref="Runs.Folders.RunDirectoryException">The folder of a run cannot be used.</exception>
    public async Task RunAsync()
    {
        using var registration = signals.Token.Register(StopAll);
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Jobs };
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, runs.Count), options, TrainAsync).ConfigureAwait(false);
        }
        finally
        {
            foreach (var session in _sessions.Values)
            {
                session.Dispose();
            }
        }
    }

    /// <summary>The exit code when all runs have ended.</summary>
    public int ExitCode()
    {
        if (signals.ExitCode is { } code)
        {
            return code;
        }

        var states = Statuses.Select(status => status.Progress.State).ToList();
        return states.Contains(RunState.Failed) ? ExitCodes.Failure
            : states.All(state => state == RunState.Solved) ? ExitCodes.Success
            : ExitCodes.Unsolved;
    }

    private async ValueTask TrainAsync(int index, CancellationToken cancellationToken)
    {
        if (signals.Token.IsCancellationRequested)
        {
            return;
        }

        var session = runs[index].Open(isAlone: request.Jobs == 1 || runs.Count == 1);
        _sessions[index] = session;
        if (signals.Token.IsCancellationRequested)
        {
            session.RequestStop();
        }

        using var timer = request.TimeLimit is { } limit
            ? new Timer(_ => session.RequestStop(), null, limit, Timeout.InfiniteTimeSpan)
            : null;
        await Task.Run(session.TrainAsync, CancellationToken.None).ConfigureAwait(false);
    }

    private void StopAll()
    {
        foreach (var session in _sessions.Values)
        {
            session.RequestStop();
        }
    }
}
