using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Play.Recordings;

/// <summary>Films a run's episodes in this process.</summary>
/// <param name="lanes">Opens environments.</param>
/// <param name="backend">Computes networks; another one than that of the training that goes on beside.</param>
public sealed class LocalEpisodeRecorder(ILaneSource lanes, INetworkBackend backend) : IEpisodeRecorder
{
    /// <inheritdoc/>
    /// <exception cref="RecordingException">It cannot be written; nothing is left.</exception>
    public async Task<RecordedFilm?> RecordAsync(
        RunSession session, PublishedParameters parameters, EvaluationProtocol protocol,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(protocol);
        var (environment, run) = (session.Settings.Environment, session.Settings.Run);
        var info = new PolicyInfo(
            session.Id, PolicyInfo.LabelOf(parameters.Steps), parameters.Steps, environment.Id, environment.Options)
        {
            Version = parameters.Version,
            RunFolder = session.Folder,
        };
        var policy = new LoadedPolicy(info, parameters.File, backend);
        var setup = await EvaluationSetup
            .CreateAsync(lanes, environment.Id, environment.Options, protocol, cancellationToken).ConfigureAwait(false);
        var settings = new GameSettings(setup.EnvironmentId, setup.Options, protocol.Seed)
        {
            Epsilon = protocol.Epsilon,
            MaxSteps = protocol.MaxSteps,
        };
        var recorder = new Recorder(lanes);
        if (!await recorder.HasScreenAsync(settings, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        if (protocol.Episodes > 1)
        {
            var best = await recorder.FindBestAsync(policy, settings, protocol.Episodes, null, cancellationToken)
                .ConfigureAwait(false);
            settings = settings with { Seed = best.Seed };
        }

        var format = RecordingFiles.CanWrite(run.RecordFormat) ? run.RecordFormat : RecordingFormat.Gif;
        var path = RecordingFiles.DefaultPath(info, settings.Seed, settings.Epsilon, format);
        var options = new RecordingOptions { Format = format, Speed = run.RecordSpeed };
        return await recorder.RecordAsync(path, policy, settings, 1, options, stepped: null, cancellationToken)
            .ConfigureAwait(false);
    }
}
