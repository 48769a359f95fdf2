namespace DqnAspire.Runs.Sessions;

/// <summary>A run cannot be started while another one is in progress.</summary>
/// <param name="runId">The one that is in progress.</param>
public sealed class RunInProgressException(string runId)
    : Exception($"Run {runId} is in progress; stop it, or wait for its end.");
