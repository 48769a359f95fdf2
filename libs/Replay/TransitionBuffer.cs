namespace DqnAspire.Replay;

/// <summary>Room for a batch of transitions, a column each; made once and filled again and again.</summary>
/// <param name="capacity">Transitions, N.</param>
/// <param name="observationBytes">Bytes of one observation.</param>
public sealed class TransitionBuffer(int capacity, int observationBytes)
{
    /// <summary>[N, observation].</summary>
    public byte[] Observations { get; } = new byte[checked(capacity * observationBytes)];

    /// <summary>[N].</summary>
    public int[] Actions { get; } = new int[capacity];

    /// <summary>[N].</summary>
    public float[] Rewards { get; } = new float[capacity];

    /// <summary>[N, observation].</summary>
    public byte[] NextObservations { get; } = new byte[checked(capacity * observationBytes)];

    /// <summary>[N]: terminated, truncated, both or none.</summary>
    public RecordFlags[] Flags { get; } = new RecordFlags[capacity];

    /// <summary>Number of each transition's step record among all records, [N].</summary>
    public long[] Records { get; } = new long[capacity];

    /// <summary>Room for indices while a batch is chosen, [N].</summary>
    public int[] Indices { get; } = new int[capacity];
}
