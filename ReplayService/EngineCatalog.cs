using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Engines.Memory;
using DqnAspire.Replay.Storage;
using DqnAspire.ReplayService.Redis;
using Microsoft.Extensions.Options;

namespace DqnAspire.ReplayService;

/// <summary>
/// The replay engines that a service can have, by name; <c>Replay:Engine</c> chooses one, or names an assembly with
/// another.
/// </summary>
public sealed class EngineCatalog
{
    private const string Memory = "memory";
    private const string Files = "files";
    private const string Redis = "redis";
    private const string RedisConnection = "redis";

    private readonly Dictionary<string, Action<WebApplicationBuilder>> _engines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a catalog with the engines of this repository: memory, files and redis.</summary>
    public EngineCatalog()
    {
        Add(Memory, _ => new MemoryReplayEngine());
        Add(Files, services =>
        {
            var options = services.GetRequiredService<IOptions<ReplayOptions>>().Value;
            return options.DataDirectory.Length > 0
                ? new FileReplayEngine(options.DataDirectory, FileOptions(options))
                : throw new ReplayStoreException(
                    "Replay:Engine is files; set Replay:DataDirectory to the folder of the tables.");
        });
        Add(Redis, builder => builder.AddRedisEngine(
            RedisConnection, RedisConnectionString(builder.Configuration) ?? ""));
    }

    /// <summary>Adds an engine.</summary>
    /// <param name="name">Its value of <c>Replay:Engine</c>.</param>
    /// <param name="create">Makes it, once.</param>
    public void Add(string name, Func<IServiceProvider, IReplayEngine> create) =>
        Add(name, builder => builder.Services.AddSingleton(create));

    /// <summary>Adds an engine that needs more than itself: health checks, a connection, metrics.</summary>
    /// <param name="name">Its value of <c>Replay:Engine</c>.</param>
    /// <param name="register">
    /// Registers an <see cref="IReplayEngine"/> and what it needs; called only when it is chosen.
    /// </param>
    public void Add(string name, Action<WebApplicationBuilder> register) => _engines.Add(name, register);

    /// <summary>How tables in files are stored, and snapshots are read.</summary>
    internal static FileStoreOptions FileOptions(ReplayOptions options) =>
        new() { ResidentBytes = options.ResidentBytes, FlushToDisk = options.FlushToDisk };

    /// <summary>Registers the engine that the settings choose.</summary>
    /// <exception cref="ReplayStoreException">There is no such engine, or its settings are invalid.</exception>
    internal void Register(WebApplicationBuilder builder)
    {
        var name = builder.Configuration["Replay:Engine"] is { Length: > 0 } chosen
            ? chosen
            : DefaultName(builder.Configuration);
        if (EngineAssembly.IsPath(name))
        {
            // Loaded at once: an assembly that is no engine must not wait for the first call.
            var engine = EngineAssembly.Load(name, builder.Configuration["Replay:DataDirectory"] ?? "");
            builder.Services.AddSingleton(engine);
            return;
        }

        if (!_engines.TryGetValue(name, out var register))
        {
            throw new ReplayStoreException(
                $"Replay:Engine: '{name}' is not a replay engine; there are {string.Join(", ", _engines.Keys)}, and "
                + "the path of an assembly with one.");
        }

        register(builder);
    }

    /// <summary>
    /// Redis when there is a connection string for it, else files when there is a folder, else memory.
    /// </summary>
    private static string DefaultName(ConfigurationManager configuration) =>
        RedisConnectionString(configuration) is not null ? Redis
        : string.IsNullOrEmpty(configuration["Replay:DataDirectory"]) ? Memory
        : Files;

    private static string? RedisConnectionString(ConfigurationManager configuration) =>
        configuration.GetConnectionString(RedisConnection) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;
}
