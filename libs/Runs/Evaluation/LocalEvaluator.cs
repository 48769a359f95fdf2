using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Policies;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Evaluation;

/// <summary>The evaluation after training, played in this process.</summary>
/// <param name="lanes">Opens environments.</param>
/// <param name="backend">Computes networks.</param>
public sealed class LocalEvaluator(ILaneSource lanes, INetworkBackend backend) : IFinalEvaluator
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The run has published no parameters.</exception>
    public async Task<RecordedEvaluation> EvaluateAsync(
        RunSession session, EvaluationProtocol protocol, Action<double> played, CancellationToken cancellationToken)
    {
        var parameters = session.Parameters.Latest ?? throw new InvalidOperationException(
            "It has published no parameters.");
        var policy = PolicyFile.Load(new MemoryStream(parameters.File.ToArray(), writable: false), backend);
        var environment = session.Settings.Environment;
        var setup = await EvaluationSetup
            .CreateAsync(lanes, environment.Id, environment.Options, protocol, cancellationToken).ConfigureAwait(false);
        var playing = Evaluator.PlayAsync(
            policy, lanes, setup.EnvironmentId, setup.Options, protocol, cancellationToken);
        var episodes = new List<EpisodeResult>();
        await foreach (var episode in playing.ConfigureAwait(false))
        {
            episodes.Add(episode);
            played(episode.Return);
        }

        return new RecordedEvaluation(setup.Protocol, EvaluationSummary.Of(episodes, environment.Id))
        {
            Best = episodes.OrderBy(episode => episode.Index).MaxBy(episode => episode.Return),
        };
    }
}
