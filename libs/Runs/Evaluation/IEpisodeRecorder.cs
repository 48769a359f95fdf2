using DqnAspire.Agents.Evaluation;
using DqnAspire.Core;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Evaluation;

/// <summary>
/// Films what a run has learnt, into its <c>recordings/</c>: in this process, or at EvalService. It may be called while
/// the run trains, from another thread, one call at a time.
/// </summary>
public interface IEpisodeRecorder
{
    /// <summary>Plays episodes and records the one with the highest return, the first of equals.</summary>
    /// <param name="session">The run; its settings say how a recording looks.</param>
    /// <param name="parameters">What plays.</param>
    /// <param name="protocol">How it is played, and the number of episodes.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <returns>What was recorded; null where the environment has no screen.</returns>
    /// <exception cref="IOException">It cannot be written; nothing is left.</exception>
    /// <exception cref="PeerException">A service refused, or went away.</exception>
    Task<RecordedFilm?> RecordAsync(
        RunSession session, PublishedParameters parameters, EvaluationProtocol protocol,
        CancellationToken cancellationToken);
}
