using System.Collections.Concurrent;
using DqnAspire.Agents.Lanes;
using DqnAspire.Environments;
using DqnAspire.Randomness;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.Agents.Replay;

/// <summary>Makes experience tables in this process.</summary>
/// <param name="directory">Folder below which each table has its own, by its name; null: tables are in memory, and those that were marked are kept as long as this source.</param>
public sealed class LocalReplaySource(string? directory = null) : IReplaySource
{
    private readonly ConcurrentDictionary<string, ReplayTable> _marked = [];

    /// <summary>Steps over which a full table can go back to a mark.</summary>
    public int RewindSteps { get; init; }

    /// <inheritdoc/>
    public Task<IReplaySession> CreateAsync(
        string name,
        EnvironmentInfo environment,
        int capacity,
        int batchSize,
        ulong seed,
        CancellationToken cancellationToken)
    {
        var space = environment.ObservationSpace;
        var spec = new TableSpec(space.ByteCount, capacity) { RewindSteps = RewindSteps };
        _marked.TryRemove(name, out _);
        var table = directory is null
            ? new ReplayTable(spec)
            : new ReplayTable(spec, EmbeddedReplayStore.Create(DirectoryOf(name), ManifestOf(space, spec), new EmbeddedStoreOptions()));
        return Task.FromResult<IReplaySession>(Open(name, table, batchSize, new SamplerState(new Pcg64(seed).State, 0)));
    }

    /// <inheritdoc/>
    /// <exception cref="ReplayMarkException">There is no such table or mark, or records that it needs have been overwritten.</exception>
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException">The table cannot be read, or the mark is damaged.</exception>
    public async Task<IReplaySession> ReopenAsync(
        string name,
        EnvironmentInfo environment,
        int batchSize,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken)
    {
        var table = Find(name);
        try
        {
            await table.RewindAsync(mark, cancellationToken).ConfigureAwait(false);
            return Open(name, table, batchSize, SamplerState.FromBytes(samplerState.Span));
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static TableManifest ManifestOf(ObservationSpace space, TableSpec spec) => new(spec, space.ElementType.ToString(), [.. space.Shape], RateLimits.None);

    private ReplayTable Find(string name)
    {
        if (directory is null)
        {
            return _marked.GetValueOrDefault(name) ?? throw new ReplayMarkException($"There is no table '{name}' with a mark.", isUnknown: true);
        }

        var store = EmbeddedReplayStore.Open(DirectoryOf(name), new EmbeddedStoreOptions());
        return new ReplayTable(store.Manifest.Spec, store);
    }

    private LocalReplaySession Open(string name, ReplayTable table, int batchSize, SamplerState state)
    {
        var sampler = new UniformSamplerWithoutReplacement(new Pcg64(0)) { State = state };
        return new LocalReplaySession(table, sampler, batchSize, marked => Keep(name, marked));
    }

    private void Keep(string name, ReplayTable table)
    {
        if (!table.Store.IsDurable)
        {
            _marked[name] = table;
        }
    }

    private string DirectoryOf(string name) => Path.Combine(directory!, name);
}
