using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.ReplayService.Redis;
using Microsoft.Extensions.Options;

namespace DqnAspire.ReplayService.Homes;

/// <summary>Chooses where tables are: Redis when there is a connection string for it, else a folder, else this process.</summary>
internal static class TableHomes
{
    private const string ConnectionName = "redis";

    /// <summary>Adds the home that the settings name.</summary>
    /// <exception cref="ReplayStoreException"><c>ConnectionStrings:redis</c> is no connection string.</exception>
    public static void AddTableHome(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is { } redis && !string.IsNullOrWhiteSpace(redis))
        {
            builder.AddRedisHome(ConnectionName, redis);
        }
        else
        {
            builder.Services.AddSingleton(services => LocalHome(services.GetRequiredService<IOptions<ReplayOptions>>().Value));
        }
    }

    /// <summary>How folders are kept, those of snapshots too.</summary>
    public static EmbeddedStoreOptions FolderOptions(ReplayOptions options) =>
        new() { ResidentBytes = options.ResidentBytes, FlushToDisk = options.FlushToDisk };

    private static ITableHome LocalHome(ReplayOptions options) =>
        options.DataDirectory.Length > 0 ? new FolderHome(options.DataDirectory, FolderOptions(options)) : new MemoryHome();
}
