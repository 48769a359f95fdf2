namespace DqnAspire.LearnerService;

/// <summary>A run cannot be started while another one is going on.</summary>
/// <param name="runId">The one that is going on.</param>
public sealed class RunInProgressException(string runId)
    : Exception($"Run {runId} is going on; stop it, or wait for its end.");
