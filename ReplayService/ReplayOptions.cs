using System.ComponentModel.DataAnnotations;

namespace DqnAspire.ReplayService;

/// <summary>Settings of the service, section "Replay".</summary>
public sealed class ReplayOptions
{
    /// <summary>
    /// Folder of the tables, each in a folder of its name; empty: tables are in memory, and gone with the process. Of tables in Redis
    /// it has the snapshots only.
    /// </summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Most bytes of memory that all tables may come to take: their index, and the observations of those in memory.</summary>
    [Range(1L << 20, 1L << 42)]
    public long MaxMemoryBytes { get; set; } = 8L << 30;

    /// <summary>Most bytes of a table on disk, or in Redis, that reading keeps in the process's resident memory.</summary>
    [Range(1L << 20, 1L << 42)]
    public long ResidentBytes { get; set; } = 1L << 30;

    /// <summary>Wait for the disk before an append is acknowledged, so that it outlives a loss of power too.</summary>
    public bool FlushToDisk { get; set; }

    /// <summary>How long calls wait for a Redis that is away before they fail, in seconds.</summary>
    [Range(0, 86_400)]
    public double RedisPatienceSeconds { get; set; } = 60;
}
