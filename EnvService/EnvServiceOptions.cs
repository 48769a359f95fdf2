using System.ComponentModel.DataAnnotations;

namespace DqnAspire.EnvService;

/// <summary>Limits of the service, section "Env" of the configuration.</summary>
public sealed class EnvServiceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Env";

    /// <summary>Maximum of lanes of one session; 1024 is what the contract allows.</summary>
    [Range(1, 1024)]
    public int MaxLanes { get; init; } = 1024;

    /// <summary>Maximum of sessions at the same time.</summary>
    [Range(1, 100_000)]
    public int MaxSessions { get; init; } = 256;

    /// <summary>Bytes that the lanes of all sessions may take together; 0: half of this machine's memory.</summary>
    [Range(0, long.MaxValue)]
    public long MaxMemoryBytes { get; init; }

    /// <summary>Seconds that a session may take for its first request; it holds one of the places meanwhile.</summary>
    [Range(0.1, 86_400)]
    public double FirstRequestSeconds { get; init; } = 30;

    /// <summary>
    /// Maximum of threads that step the lanes of one session at the same time; 0: one for each processor where an
    /// observation is a picture, otherwise 1. Results do not depend on it.
    /// </summary>
    [Range(0, 256)]
    public int ThreadsPerSession { get; init; }
}
