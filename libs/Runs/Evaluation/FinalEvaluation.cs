using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Evaluation;

/// <summary>
/// The evaluation after training, as a run's settings ask for it. It begins anew when a service is lost.
/// </summary>
/// <param name="evaluator">Plays.</param>
/// <param name="patience">How long a service may stay away.</param>
/// <param name="clock">Tells the time.</param>
public sealed class FinalEvaluation(IFinalEvaluator evaluator, TimeSpan patience, TimeProvider clock)
{
    private volatile EvaluationProgress? _progress;

    /// <summary>How far it is; null before it begins.</summary>
    public EvaluationProgress? Progress => _progress;

    /// <summary>Shows the evaluation as begun, before anybody can see the run's state that says so.</summary>
    /// <param name="run">The run's settings.</param>
    public void Begin(RunSection run) => _progress = new EvaluationProgress(run.FinalEvaluationEpisodes, 0, 0);

    /// <summary>Plays all episodes.</summary>
    /// <param name="session">The run, whose training has ended.</param>
    /// <param name="notify">Gets a line when a service was lost.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="PeerException">A service refused, or stayed away.</exception>
    public async Task<RecordedEvaluation> PlayAsync(
        RunSession session, Action<string> notify, CancellationToken cancellationToken)
    {
        var protocol = EvaluationProtocol.AfterTraining(session.Settings.Run);
        var losses = new ServicePatience(patience, clock);
        var isNotified = false;
        while (true)
        {
            Begin(session.Settings.Run);
            try
            {
                return await evaluator.EvaluateAsync(
                    session, protocol, played: value =>
                        _progress = _progress!.Add(value), cancellationToken).ConfigureAwait(false);
            }
            catch (PeerException e) when (e.IsLoss && !cancellationToken.IsCancellationRequested)
            {
                // Episodes are the steps of an evaluation: one that plays none after a loss has not recovered from it.
                if (losses.NextPause(steps: 0, trained: _progress!.Played > 0) is not { } pause)
                {
                    throw;
                }

                if (!isNotified || _progress!.Played > 0)
                {
                    notify($"{e.Message} A service was lost; the evaluation begins anew.");
                    isNotified = true;
                }

                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
