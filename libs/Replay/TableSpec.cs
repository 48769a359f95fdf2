namespace DqnAspire.Replay;

/// <summary>What a table holds.</summary>
/// <param name="ObservationBytes">Bytes of one observation as stored (a single frame, never a stack).</param>
/// <param name="Capacity">Transitions that can be sampled at most; the oldest leave first.</param>
public sealed record TableSpec(int ObservationBytes, int Capacity)
{
    /// <summary>Most lanes that one table can tell apart.</summary>
    public const int MaxLanes = 1024;
}
