using DqnAspire.Core.Replay;

namespace DqnAspire.Replay;

/// <summary>Room for a batch of transitions, a column each; made once and filled again and again.</summary>
public sealed class TransitionBuffer
{
    /// <summary>Room for transitions of one observation each.</summary>
    /// <param name="capacity">Transitions, N.</param>
    /// <param name="observationBytes">Bytes of one observation.</param>
    public TransitionBuffer(int capacity, int observationBytes)
        : this(capacity, observationBytes, new TransitionSpec())
    {
    }

    /// <summary>Room for transitions as <paramref name="spec"/> says.</summary>
    /// <param name="capacity">Transitions, N.</param>
    /// <param name="observationBytes">Bytes of one observation.</param>
    /// <param name="spec">Stack and layout.</param>
    public TransitionBuffer(int capacity, int observationBytes, TransitionSpec spec)
    {
        Observations = new byte[checked(capacity * spec.ObservationsPerTransition * observationBytes)];
        NextObservations = new byte[checked(capacity * spec.NextObservationsPerTransition * observationBytes)];
        Actions = new int[capacity];
        Rewards = new float[capacity];
        Discounts = new float[capacity];
        Flags = new RecordFlags[capacity];
        Records = new long[capacity];
        Weights = new float[capacity];
        Indices = new int[capacity];
    }

    /// <summary>[N, k, observation], oldest of a stack first; [N, k+1, observation] in a window.</summary>
    public byte[] Observations { get; }

    /// <summary>[N].</summary>
    public int[] Actions { get; }

    /// <summary>Discounted sum of the transition's rewards, [N].</summary>
    public float[] Rewards { get; }

    /// <summary>What the next state's value counts, [N]: gamma^m after m rewards, 0 where the episode terminated.</summary>
    public float[] Discounts { get; }

    /// <summary>[N, k, observation]; empty in a window.</summary>
    public byte[] NextObservations { get; }

    /// <summary>Of the last step of each transition, [N]: terminated, truncated, both or none.</summary>
    public RecordFlags[] Flags { get; }

    /// <summary>Number of the record of each transition's first step among all records, [N].</summary>
    public long[] Records { get; }

    /// <summary>Importance weights, [N]; 1 from samplers that prefer nothing.</summary>
    public float[] Weights { get; }

    /// <summary>Room for indices while a batch is chosen, [N].</summary>
    public int[] Indices { get; }
}
