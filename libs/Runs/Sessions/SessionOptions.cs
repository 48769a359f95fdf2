namespace DqnAspire.Runs.Sessions;

/// <summary>What a session waits for.</summary>
public sealed record SessionOptions
{
    /// <summary>How long a run waits for a service that went away before it fails.</summary>
    public TimeSpan ServicePatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a run may take for its last step and checkpoint when it is stopped; then it ends without them.
    /// </summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
