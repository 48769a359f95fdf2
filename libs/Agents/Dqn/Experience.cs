using System.Globalization;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// A run's replay memory: the session with its experience table, how much is stored, the priorities that are to be
/// sent, and the marks by which the table can be rolled back to a checkpoint.
/// </summary>
internal sealed class Experience : IAsyncDisposable
{
    private const string SamplerPart = "sampler";

    /// <summary>
    /// Added to absolute TD errors, so that every transition can be sampled again (Schaul et al. 2016, section 3.3).
    /// </summary>
    private const float MinPriority = 1e-6f;

    private readonly DqnSettings _settings;
    private readonly IReplaySource _source;
    private readonly EnvironmentInfo _environment;
    private readonly ReplaySpec _spec;
    private readonly Queue<string> _marks = [];
    private readonly List<(long[] Records, float[] Priorities)> _priorities = [];
    private IReplaySession? _session;

    /// <summary>Describes the table; nothing is opened yet.</summary>
    public Experience(DqnSettings settings, TrainingSession session, EnvironmentInfo environment)
    {
        (_settings, _source, _environment) = (settings, session.Context.Replay, environment);
        _spec = Describe(settings, $"{session.Context.RunId}/replay", session.Seeds.Sampling);
    }

    /// <summary>The table's writer and sampler.</summary>
    public IReplaySession Session => _session ?? throw new InvalidOperationException("The table is not open.");

    /// <summary>Transitions that were stored so far, those that have left the table included.</summary>
    public long Stored { get; set; }

    /// <summary>Whether the table holds what a batch needs, and as much as the recipe waits for.</summary>
    public bool CanTrain => Math.Min(Stored, _settings.Replay.Capacity)
        >= Math.Max(_settings.Replay.StartSize, _settings.TransitionsForABatch + _settings.IncompleteTransitions);

    private bool IsPrioritized => _settings.Replay.Sampling == SamplingKind.Prioritized;

    /// <summary>
    /// Creates the table, in the place of one that an earlier attempt left before its first checkpoint.
    /// </summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await _source.DeleteAsync(_spec.Name, cancellationToken).ConfigureAwait(false);
        _session = await _source.CreateAsync(_spec, _environment, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Fills the table with a uniformly random policy where the recipe says so; these steps do not count.
    /// </summary>
    public async Task PrefillAsync(Actor actor, ActingLanes lanes, CancellationToken cancellationToken)
    {
        if (_settings.Replay.PrefillSteps == 0)
        {
            return;
        }

        await actor.BeginAsync(Session, cancellationToken).ConfigureAwait(false);
        for (; Stored < _settings.Replay.PrefillSteps; Stored += lanes.Count)
        {
            await actor.StepAtRandomAsync(Session, cancellationToken).ConfigureAwait(false);
        }

        lanes.Counts.Reset();
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            await lanes.Lanes.ResetAsync(lane, seed: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for batches.</summary>
    /// <param name="batches">How many; 0 asks for none.</param>
    /// <param name="steps">Agent steps taken so far: the exponent of importance rises with them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask RequestAsync(int batches, long steps, CancellationToken cancellationToken) => batches == 0
        ? ValueTask.CompletedTask
        : Session.RequestAsync(batches, ImportanceExponent(steps), cancellationToken);

    /// <summary>Notes the priorities that an update gives to its transitions.</summary>
    /// <param name="batch">The transitions.</param>
    /// <param name="errors">Their TD errors, [N].</param>
    public void NotePriorities(in TransitionBatch batch, float[] errors)
    {
        if (IsPrioritized)
        {
            var priorities = Array.ConvertAll(errors, error => Math.Abs(error) + MinPriority);
            _priorities.Add((batch.Records.ToArray(), priorities));
        }
    }

    /// <summary>Sends the priorities that were noted.</summary>
    public async Task SendPrioritiesAsync(CancellationToken cancellationToken)
    {
        foreach (var (records, priorities) in _priorities)
        {
            await Session.UpdatePrioritiesAsync(records, priorities, cancellationToken).ConfigureAwait(false);
        }

        _priorities.Clear();
    }

    /// <summary>Marks the table, and adds the mark and the sampler's state.</summary>
    public async Task SaveAsync(CheckpointBuilder checkpoint, long steps, CancellationToken cancellationToken)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"step-{steps}");
        var sampler = await Session.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
        checkpoint.Parts[SamplerPart] = sampler.ToArray();
        checkpoint.ReplayMark = mark;
        checkpoint.OlderReplayMarks = [.. _marks.Where(older => older != mark)];
        if (!_marks.Contains(mark))
        {
            _marks.Enqueue(mark);
        }
    }

    /// <summary>Drops the marks of checkpoints that are no longer kept.</summary>
    public async Task DropOldMarksAsync(CancellationToken cancellationToken)
    {
        while (_marks.Count > RunSection.CheckpointsKept)
        {
            await Session.DropMarkAsync(_marks.Dequeue(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the table of an earlier process, as it was at a checkpoint.</summary>
    public async Task ReopenAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var state = checkpoint.State;
        foreach (var mark in state.OlderReplayMarks.Append(state.ReplayMark))
        {
            _marks.Enqueue(mark);
        }

        Stored = StoredBeforeTraining + state.Statistics.Steps;
        _session = await _source.ReopenAsync(
            _spec, _environment, state.ReplayMark, checkpoint.Part(SamplerPart), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Transitions that are stored before the first step that counts.</summary>
    private long StoredBeforeTraining
    {
        get
        {
            var (steps, lanes) = (_settings.Replay.PrefillSteps, _settings.Environment.Lanes);
            return (steps + lanes - 1) / lanes * lanes;
        }
    }

    /// <summary>beta, which rises in a straight line to 1 (Schaul et al. 2016, section 3.4).</summary>
    private double ImportanceExponent(long steps)
    {
        var (initial, over) = (_settings.Replay.InitialImportance, _settings.Replay.ImportanceSteps);
        return over == 0 ? initial : initial + ((1 - initial) * Math.Min(1, (double)steps / over));
    }

    private static ReplaySpec Describe(DqnSettings settings, string name, ulong seed) =>
        new(name, settings.Replay.Capacity, settings.Replay.BatchSize, seed)
        {
            Sampling = settings.Replay.Sampling,
            PriorityExponent = settings.Replay.PriorityExponent,
            // As far back as the oldest checkpoint that is kept, and the one in the making.
            RewindSteps = (RunSection.CheckpointsKept + 1)
                * (int)Math.Min(settings.Run.CheckpointPeriod, DqnSettings.MaxCheckpointPeriod),
            Transitions = new TransitionSpec
            {
                Stack = settings.Network.Stack,
                Padding = settings.Network.StackPadding,
                Steps = settings.Agent.ReturnSteps,
                Discount = settings.Agent.Gamma,
            },
        };
}
