using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Replay;

/// <summary>Memory for a batch of transitions, a column each; allocated once and filled again and again.</summary>
public sealed class TransitionBuffer
{
    // Of a transition in the other columns.
    private const int ColumnBytes = (5 * sizeof(int)) + sizeof(byte) + sizeof(long);

    // Of an observation while its read is planned, in a list that grows by doubling: in the view, and in the store.
    private const int PlannedReadBytes = 4 * 24;

    private readonly int _observationBytes;
    private readonly BatchLayout _layout;

    /// <summary>A buffer for transitions of one observation each.</summary>
    /// <param name="capacity">Transitions, N.</param>
    /// <param name="observationBytes">Bytes of one observation.</param>
    public TransitionBuffer(int capacity, int observationBytes)
        : this(capacity, observationBytes, new TransitionSpec())
    {
    }

    /// <summary>A buffer for transitions as <paramref name="spec"/> describes them.</summary>
    /// <param name="capacity">Transitions, N.</param>
    /// <param name="observationBytes">Bytes of one observation.</param>
    /// <param name="spec">Stack and layout.</param>
    public TransitionBuffer(int capacity, int observationBytes, TransitionSpec spec)
    {
        _observationBytes = observationBytes;
        _layout = spec.Layout;
        Observations = new byte[checked(capacity * spec.ObservationsPerTransition * observationBytes)];
        NextObservations = new byte[checked(capacity * spec.NextObservationsPerTransition * observationBytes)];
        Actions = new int[capacity];
        Rewards = new float[capacity];
        Discounts = new float[capacity];
        Flags = new StepFlags[capacity];
        Records = new long[capacity];
        Weights = new float[capacity];
        Indices = new int[capacity];
    }

    /// <summary>Bytes of a transition's observations, states and next states together.</summary>
    /// <param name="observationBytes">Bytes of one observation.</param>
    /// <param name="spec">Stack and layout.</param>
    public static long ObservationBytesOf(int observationBytes, TransitionSpec spec) =>
        (long)observationBytes * (spec.ObservationsPerTransition + spec.NextObservationsPerTransition);

    /// <summary>The maximum of memory that a buffer and a <see cref="TransitionView"/> that fills it take.</summary>
    /// <param name="capacity">Transitions, N.</param>
    /// <param name="observationBytes">Bytes of one observation.</param>
    /// <param name="spec">Stack and layout.</param>
    public static long MaxMemoryBytes(int capacity, int observationBytes, TransitionSpec spec) => capacity
        * (ObservationBytesOf(observationBytes, spec) + ColumnBytes
            + (PlannedReadBytes * (spec.ObservationsPerTransition + spec.NextObservationsPerTransition)));

    /// <summary>The largest buffer that can be: a column is one array.</summary>
    /// <param name="observationBytes">Bytes of one observation.</param>
    /// <param name="spec">Stack and layout.</param>
    public static int MaxCapacity(int observationBytes, TransitionSpec spec) =>
        (int)(Array.MaxLength / ((long)observationBytes * spec.ObservationsPerTransition));

    /// <summary>[N, k, observation], oldest of a stack first; [N, k+1, observation] in a window.</summary>
    public byte[] Observations { get; }

    /// <summary>The actions taken, [N].</summary>
    public int[] Actions { get; }

    /// <summary>Discounted sum of the transition's rewards, [N].</summary>
    public float[] Rewards { get; }

    /// <summary>
    /// The factor of the next state's value, [N]: gamma^m after m rewards, 0 where the episode terminated.
    /// </summary>
    public float[] Discounts { get; }

    /// <summary>[N, k, observation]; empty in a window.</summary>
    public byte[] NextObservations { get; }

    /// <summary>Flags of the last step of each transition, [N]: terminated, truncated, both or none.</summary>
    public StepFlags[] Flags { get; }

    /// <summary>Number of the record of each transition's first step among all records, [N].</summary>
    public long[] Records { get; }

    /// <summary>Importance weights, [N]; 1 from uniform samplers.</summary>
    public float[] Weights { get; }

    /// <summary>The indices that a sampler chose, [N].</summary>
    public int[] Indices { get; }

    /// <summary>
    /// The buffer as a batch: views of its arrays, not copies, so they change when it is filled again.
    /// </summary>
    /// <param name="withWeights">Whether the batch shows the importance weights.</param>
    public TransitionBatch AsBatch(bool withWeights)
    {
        var count = Indices.Length;
        var (states, nextStates) = _layout == BatchLayout.Window
            ? StateRows.OfWindows(Observations, count, _observationBytes)
            : (new StateRows(Observations, count), new StateRows(NextObservations, count));
        return new TransitionBatch
        {
            Count = count,
            States = states,
            NextStates = nextStates,
            Actions = Actions,
            Rewards = Rewards,
            Discounts = Discounts,
            Flags = Flags,
            Weights = withWeights ? Weights : default,
            Records = Records,
        };
    }
}
