using System.Collections.Concurrent;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.Replay.Local;

/// <summary>Makes experience tables in this process.</summary>
/// <param name="directory">
/// Folder below which each table has its own, by its name; null: tables are in memory, and those that were marked are kept as
/// long as this source.
/// </param>
public sealed class LocalReplaySource(string? directory = null) : IReplaySource
{
    private readonly ConcurrentDictionary<string, ReplayTable> _marked = [];

    /// <inheritdoc/>
    public Task<IReplaySession> CreateAsync(ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var table = new TableSpec(environment.ObservationSpace.ByteCount, spec.Capacity)
        {
            MaxStack = spec.Transitions.Stack,
            PriorityExponent = spec.Sampling == SamplingKind.Prioritized ? spec.PriorityExponent : 0,
            RewindSteps = spec.RewindSteps,
        };
        _marked.TryRemove(spec.Name, out _);
        return Task.FromResult<IReplaySession>(Open(
            spec,
            directory is null
                ? new ReplayTable(table)
                : new ReplayTable(table, EmbeddedReplayStore.Create(
                    DirectoryOf(spec.Name), ManifestOf(environment.ObservationSpace, table), new EmbeddedStoreOptions())),
            new SamplerState(new Pcg64(spec.Seed).State, 0)));
    }

    /// <inheritdoc/>
    /// <exception cref="ReplayMarkException">There is no such table or mark, or records that it needs have been overwritten.</exception>
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException">The table cannot be read, or the mark is damaged.</exception>
    public async Task<IReplaySession> ReopenAsync(
        ReplaySpec spec, EnvironmentInfo environment, string mark, ReadOnlyMemory<byte> samplerState, CancellationToken cancellationToken)
    {
        var table = Find(spec.Name);
        try
        {
            await table.RewindAsync(mark, cancellationToken).ConfigureAwait(false);
            return Open(spec, table, SamplerState.FromBytes(samplerState.Span));
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _marked.TryRemove(name, out _);
        if (directory is not null && Directory.Exists(DirectoryOf(name)))
        {
            Directory.Delete(DirectoryOf(name), recursive: true);
        }

        return Task.CompletedTask;
    }

    private static TableManifest ManifestOf(ObservationSpace space, TableSpec spec) =>
        new(spec, space.ElementType.ToString(), [.. space.Shape], RateLimits.None);

    private static ISampler CreateSampler(SamplingKind kind, SamplerState state) => kind switch
    {
        SamplingKind.Prioritized => new PrioritizedSampler(new Pcg64(0)) { State = state },
        SamplingKind.WithReplacement => new UniformSampler(new Pcg64(0)) { State = state },
        _ => new UniformSamplerWithoutReplacement(new Pcg64(0)) { State = state },
    };

    private ReplayTable Find(string name)
    {
        if (directory is null)
        {
            return _marked.GetValueOrDefault(name) ?? throw new ReplayMarkException($"There is no table '{name}' with a mark.", isUnknown: true);
        }

        var store = EmbeddedReplayStore.Open(DirectoryOf(name), new EmbeddedStoreOptions());
        return new ReplayTable(store.Manifest.Spec, store);
    }

    private LocalReplaySession Open(ReplaySpec spec, ReplayTable table, SamplerState state) =>
        new(
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

    private string DirectoryOf(string name) => Path.Combine(directory!, name);
}
