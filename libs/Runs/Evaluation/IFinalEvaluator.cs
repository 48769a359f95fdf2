using DqnAspire.Agents.Evaluation;
using DqnAspire.Core;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Evaluation;

/// <summary>Plays with what a run has learnt, after training: in this process, or at EvalService.</summary>
public interface IFinalEvaluator
{
    /// <summary>Plays the newest parameters.</summary>
    /// <param name="session">The run, whose training has ended.</param>
    /// <param name="protocol">How it is played.</param>
    /// <param name="played">Gets the return of each episode when it ends.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="PeerException">A service refused, or went away.</exception>
    Task<RecordedEvaluation> EvaluateAsync(
        RunSession session, EvaluationProtocol protocol, Action<double> played, CancellationToken cancellationToken);
}
