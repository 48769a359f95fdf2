namespace DqnAspire.AtariTraces.Comparison;

/// <summary>A value on both sides.</summary>
/// <param name="Name">What it is; <c>$80</c> and so on for a byte of RAM.</param>
/// <param name="Recorded">As the trace has it.</param>
/// <param name="Ours">As this console has it.</param>
public sealed record TraceValue(string Name, string Recorded, string Ours)
{
    /// <summary>Both are the same.</summary>
    public bool IsEqual => Recorded == Ours;
}
