namespace DqnAspire.Monitoring.Following;

/// <summary>The state of a run, as far as it is known.</summary>
/// <param name="Status">The learner's newest report; null: there is none yet.</param>
/// <param name="Silence">Time since that report, or since the following started.</param>
public sealed record ProgressUpdate(TrainingStatus? Status, TimeSpan Silence)
{
    /// <summary>Silence after which the display names the service that it waits for.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    /// <summary>Whether the run has ended.</summary>
    public bool HasEnded => Status is { HasEnded: true };

    /// <summary>Whether the learner has been silent for too long.</summary>
    public bool IsSilent => Silence >= MaxSilence;
}
