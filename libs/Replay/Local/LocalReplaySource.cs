using System.Collections.Concurrent;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Engines.Memory;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Local;

/// <summary>Makes experience tables in this process.</summary>
/// <param name="engine">Where the tables are.</param>
public sealed class LocalReplaySource(IReplayEngine engine) : IReplaySource
{
    // Tables in memory that have a mark, so that they can be opened again.
    private readonly ConcurrentDictionary<string, ReplayTable> _marked = [];

    /// <summary>Makes tables in files, or in memory.</summary>
    /// <param name="directory">
    /// Folder below which each table has a folder with its name; null: tables are in memory, and those with a mark are
    /// kept as long as this source.
    /// </param>
    public LocalReplaySource(string? directory = null)
        : this(directory is null ? new MemoryReplayEngine() : new FileReplayEngine(directory, new FileStoreOptions()))
    {
    }

    /// <inheritdoc/>
    public async Task<IReplaySession> CreateAsync(
        ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var space = environment.ObservationSpace;
        var table = new TableSpec(space.ByteCount, spec.Capacity)
        {
            MaxStack = spec.Transitions.Stack,
            PriorityExponent = spec.Sampling == SamplingKind.Prioritized ? spec.PriorityExponent : 0,
            RewindSteps = spec.RewindSteps,
        };
        _marked.TryRemove(spec.Name, out _);
        var manifest = new TableManifest(table, space.ElementType, [.. space.Shape], RateLimits.None);
        var store = await engine.CreateAsync(spec.Name, manifest, cancellationToken).ConfigureAwait(false);
        return Open(
            spec,
            await ReplayTable.OpenAsync(store, cancellationToken).ConfigureAwait(false),
            new SamplerState(new Pcg64(spec.Seed).State, 0));
    }

    /// <inheritdoc/>
    /// <exception cref="ReplayMarkException">
    /// There is no such table or mark, or records that it needs have been overwritten.
    /// </exception>
    /// <exception cref="ReplayStoreException">The table cannot be read, or the mark is damaged.</exception>
    public async Task<IReplaySession> ReopenAsync(
        ReplaySpec spec,
        EnvironmentInfo environment,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken)
    {
        var table = await FindAsync(spec.Name, cancellationToken).ConfigureAwait(false);
        try
        {
            await table.Marks.RewindAsync(mark, cancellationToken).ConfigureAwait(false);
            return Open(spec, table, SamplerState.FromBytes(samplerState.Span));
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _marked.TryRemove(name, out _);
        await engine.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private static ISampler CreateSampler(SamplingKind kind, SamplerState state) => kind switch
    {
        SamplingKind.Prioritized => new PrioritizedSampler(new Pcg64(0)) { State = state },
        SamplingKind.WithReplacement => new UniformSampler(new Pcg64(0)) { State = state },
        _ => new UniformSamplerWithoutReplacement(new Pcg64(0)) { State = state },
    };

    private async Task<ReplayTable> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_marked.TryGetValue(name, out var table))
        {
            return table;
        }

        if (!await engine.ContainsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            throw new ReplayMarkException($"There is no table '{name}' with a mark.", isUnknown: true);
        }

        var store = await engine.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        return await ReplayTable.OpenAsync(store, cancellationToken).ConfigureAwait(false);
    }

    private LocalReplaySession Open(ReplaySpec spec, ReplayTable table, SamplerState state) => new(
        table,
        CreateSampler(spec.Sampling, state),
        spec with { Transitions = spec.Transitions.WithSmallestLayout() },
        marked => Keep(spec.Name, marked));

    private void Keep(string name, ReplayTable table)
    {
        if (!table.Store.IsDurable)
        {
            _marked[name] = table;
        }
    }
}
