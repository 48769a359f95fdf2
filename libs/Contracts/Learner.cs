namespace DqnAspire.Contracts.Learner.V1;

/// <summary>The numbers that programs ask for by name; others are shown as they come.</summary>
public sealed partial class Progress
{
    /// <summary>Agent steps taken.</summary>
    public long Steps => (long)(Numbers.Find("steps") ?? 0);

    /// <summary>Limit of the agent steps; 0: none.</summary>
    public long MaxSteps => (long)(Numbers.Find("max_steps") ?? 0);

    /// <summary>Training episodes finished.</summary>
    public long Episodes => (long)(Numbers.Find("episodes") ?? 0);

    /// <summary>Limit of the training episodes; 0: none.</summary>
    public long MaxEpisodes => (long)(Numbers.Find("max_episodes") ?? 0);

    /// <summary>The best validation score; null while there is none.</summary>
    public double? BestValidationReturn => Numbers.Find("best_validation_return");

    /// <summary>Wall time of the run, seconds.</summary>
    public double Seconds => Numbers.Find("seconds") ?? 0;
}

/// <summary>The numbers that programs ask for by name.</summary>
public sealed partial class RunSummary
{
    /// <summary>Agent steps taken.</summary>
    public long Steps => (long)(Numbers.Find("steps") ?? 0);
}
