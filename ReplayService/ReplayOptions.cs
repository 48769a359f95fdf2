using System.ComponentModel.DataAnnotations;

namespace DqnAspire.ReplayService;

/// <summary>Settings of the service, section "Replay".</summary>
public sealed class ReplayOptions
{
    /// <summary>
    /// Where tables are: <c>memory</c>, <c>files</c>, <c>redis</c>, an engine that the host adds, or the path of an
    /// assembly (.dll) with an engine. Empty: <c>redis</c> with a connection string for it, else <c>files</c> with a
    /// <see cref="DataDirectory"/>, else <c>memory</c>.
    /// </summary>
    public string Engine { get; set; } = "";

    /// <summary>
    /// Folder of the tables in files, each in a folder with its name, and of the snapshots of all tables; empty:
    /// neither.
    /// </summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>
    /// Maximum of the memory that open tables, samplers and pictures can use together, in bytes: of a table its index,
    /// and the observations that are kept in memory.
    /// </summary>
    [Range(1L << 20, 1L << 42)]
    public long MaxMemoryBytes { get; set; } = 8L << 30;

    /// <summary>
    /// Maximum of a table's observations, on disk or in Redis, that are cached in this process, in bytes.
    /// </summary>
    [Range(1L << 20, 1L << 42)]
    public long ResidentBytes { get; set; } = 1L << 30;

    /// <summary>Whether an append waits for the disk, so that it outlives a loss of power.</summary>
    public bool FlushToDisk { get; set; }

    /// <summary>Maximum time that calls wait for a Redis that is away, in seconds.</summary>
    [Range(0, 86_400)]
    public double RedisPatienceSeconds { get; set; } = 60;
}
