using System.Globalization;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Training;

/// <summary>What an algorithm works with during a run.</summary>
public sealed class TrainingSession : IAsyncDisposable
{
    private readonly TrainingSettings _settings;
    private readonly List<ILanes> _opened = [];

    internal TrainingSession(TrainingSettings settings, TrainingContext context)
    {
        (_settings, Context) = (settings, context);
        Seeds = new SeedStreams(settings.Run.Seed);
        Statistics = new TrainingStatistics(settings.Run);
        Reporter = new ProgressReporter(context.Observer, Statistics);
        Log = new TrainingLog(settings.Run, context.Observer, Reporter, Statistics);
    }

    /// <summary>Where environments, tables and networks come from, and how others reach into the run.</summary>
    public TrainingContext Context { get; }

    /// <summary>Seeds of the run's generators.</summary>
    public SeedStreams Seeds { get; }

    /// <summary>The run's counts. The algorithm counts steps and updates.</summary>
    public TrainingStatistics Statistics { get; }

    /// <summary>Takes finished episodes and iterations.</summary>
    public TrainingLog Log { get; }

    /// <summary>Reports progress and parameters to the run's observer.</summary>
    internal ProgressReporter Reporter { get; }

    /// <summary>Opens the lanes that the settings ask for; each begins a new episode by itself.</summary>
    public Task<ILanes> OpenTrainingLanesAsync(CancellationToken cancellationToken) =>
        OpenLanesAsync(_settings.Environment.Lanes, Seeds.Environment, autoReset: true, cancellationToken);

    /// <summary>
    /// Opens a lane for what is played between training episodes: the environment of the evaluation after training,
    /// without what is for training only, so that whole games and their own scores count. It waits at an episode's end.
    /// </summary>
    public async Task<ILanes> OpenEvaluationLaneAsync(CancellationToken cancellationToken)
    {
        var environment = _settings.Environment;
        var greedy = new EvaluationProtocol(Episodes: 1, Epsilon: 0, Seeds.ValidationEnvironment, MaxSteps: 0);
        var setup = await EvaluationSetup
            .CreateAsync(Context.Lanes, environment.Id, environment.Options, greedy, cancellationToken)
                .ConfigureAwait(false);
        return await OpenAsync(setup.Options, 1, greedy.Seed, autoReset: false, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Opens lanes of the run's environment; they are closed at the end of the run.</summary>
    /// <param name="count">Number of lanes.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="autoReset">Whether a lane begins a new episode by itself.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ILanes> OpenLanesAsync(int count, ulong seed, bool autoReset, CancellationToken cancellationToken) =>
        OpenAsync(_settings.Environment.Options, count, seed, autoReset, cancellationToken);

    private async Task<ILanes> OpenAsync(
        IReadOnlyDictionary<string, string> options,
        int count,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken)
    {
        var lanes = await Context.Lanes
            .OpenAsync(_settings.Environment.Id, options, count, seed, autoReset, cancellationToken)
                .ConfigureAwait(false);
        _opened.Add(lanes);
        return lanes;
    }

    /// <summary>Reports that the run has reached a state.</summary>
    public void Enter(RunState state)
    {
        Statistics.State = state;
        Reporter.Progress();
    }

    /// <summary>An environment's spaces in words, for <see cref="IAlgorithm.Summary"/>.</summary>
    public static string Describe(EnvironmentInfo environment) => string.Create(
        CultureInfo.InvariantCulture,
        $"discrete actions 0..{environment.Actions - 1} ({environment.Actions}), "
        + $"observation shape ({string.Join(", ", environment.ObservationSpace.Shape)})");

    /// <summary>Closes the lanes, the newest first.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lanes in Enumerable.Reverse(_opened))
        {
            await lanes.DisposeAsync().ConfigureAwait(false);
        }
    }
}
