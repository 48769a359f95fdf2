using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Lanes;

/// <summary>
/// The lanes that an algorithm acts in, with everything of them that lasts from one step to the next: the stacked
/// states, the running episodes, the action counts and the generator of exploration.
/// </summary>
public sealed class ActingLanes
{
    private const string LanesPart = "lanes";
    private const string StatesPart = "states";
    private const string Exploration = "exploration";

    private readonly int _observationBytes;

    /// <summary>Wraps lanes that were just opened.</summary>
    /// <param name="lanes">The lanes, which begin a new episode by themselves.</param>
    /// <param name="stack">Observations in a state.</param>
    /// <param name="padding">What stands for observations before an episode's first.</param>
    /// <param name="random">Generator of exploration.</param>
    public ActingLanes(ILanes lanes, int stack, StackPadding padding, Pcg64 random)
    {
        (Lanes, Random) = (lanes, random);
        _observationBytes = lanes.Environment.ObservationSpace.ByteCount;
        History = new FrameHistory(lanes.Count, _observationBytes, stack, padding);
        Episodes = new EpisodeTracker(lanes);
        Counts = new ActionCounts(lanes.Environment.Actions);
    }

    /// <summary>The lanes.</summary>
    public ILanes Lanes { get; }

    /// <summary>Number of lanes.</summary>
    public int Count => Lanes.Count;

    /// <summary>Number of actions.</summary>
    public int Actions => Lanes.Environment.Actions;

    /// <summary>The states from which the next actions are chosen.</summary>
    public FrameHistory History { get; }

    /// <summary>Returns and lengths of episodes.</summary>
    public EpisodeTracker Episodes { get; }

    /// <summary>Actions taken since the last log record.</summary>
    public ActionCounts Counts { get; }

    /// <summary>Generator of exploration.</summary>
    public Pcg64 Random { get; }

    /// <summary>A uniformly random action.</summary>
    public int RandomAction() => (int)Random.Integers(0, Actions);

    /// <summary>What a lane's next action is chosen from.</summary>
    public ReadOnlyMemory<byte> Observation(int lane) =>
        Lanes.Observations.Slice(lane * _observationBytes, _observationBytes);

    /// <summary>What a lane's last action led to.</summary>
    public ReadOnlyMemory<byte> NextObservation(int lane) =>
        Lanes.NextObservations.Slice(lane * _observationBytes, _observationBytes);

    /// <summary>Adds all of this.</summary>
    public async Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken)
    {
        checkpoint.Parts[LanesPart] = await Lanes.SaveStateAsync(cancellationToken).ConfigureAwait(false);
        checkpoint.Parts[StatesPart] = History.States.ToArray();
        checkpoint.Generators[Exploration] = Random.State;
        checkpoint.EpisodeReturns = [.. Episodes.Returns];
        checkpoint.EpisodeLengths = [.. Episodes.Lengths];
        checkpoint.ActionCounts = Counts.Snapshot();
    }

    /// <summary>Restores all of this.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is of other lanes.</exception>
    public async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var state = checkpoint.State;
        History.Restore(checkpoint.Part(StatesPart));
        Episodes.Restore(state.EpisodeReturns, state.EpisodeLengths);
        Counts.Restore(state.ActionCounts);
        Random.State = state.Generator(Exploration);
        await Lanes.RestoreStateAsync(checkpoint.Part(LanesPart), cancellationToken).ConfigureAwait(false);
    }
}
