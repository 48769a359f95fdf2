using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.Replay.Storage.Redis;

namespace DqnAspire.ReplayService.Homes;

/// <summary>Chooses where tables are: Redis when there is a connection string for it, else a folder, else this process.</summary>
internal static class TableHomes
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "redis";

    /// <summary>The home that the settings name.</summary>
    /// <exception cref="ReplayStoreException">Redis cannot be connected to, or cannot hold tables.</exception>
    public static async Task<ITableHome> ConnectAsync(string? redis, ReplayOptions options)
    {
        if (!string.IsNullOrWhiteSpace(redis))
        {
            var redisOptions = new RedisStoreOptions
            {
                CacheBytes = options.ResidentBytes,
                Patience = TimeSpan.FromSeconds(options.RedisPatienceSeconds),
            };
            return new RedisHome(await RedisTables.ConnectAsync(redis, redisOptions).ConfigureAwait(false), options.ResidentBytes);
        }

        return options.DataDirectory.Length > 0 ? new FolderHome(options.DataDirectory, FolderOptions(options)) : new MemoryHome();
    }

    /// <summary>How folders are kept, those of snapshots too.</summary>
    public static EmbeddedStoreOptions FolderOptions(ReplayOptions options) =>
        new() { ResidentBytes = options.ResidentBytes, FlushToDisk = options.FlushToDisk };
}
