namespace DqnAspire.Core.Replay;

/// <summary>How a batch is chosen.</summary>
public enum SamplingKind
{
    /// <summary>Uniformly, no transition twice in a batch.</summary>
    WithoutReplacement,

    /// <summary>Uniformly, with replacement.</summary>
    WithReplacement,

    /// <summary>In proportion to priorities (Schaul et al. 2016).</summary>
    Prioritized,
}
