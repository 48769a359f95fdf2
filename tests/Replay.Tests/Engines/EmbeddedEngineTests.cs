using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.Replay.Tests.Engines;

public sealed class EmbeddedEngineTests : EngineTests, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dqn-engine-").FullName;
    private readonly EmbeddedStoreOptions _options = new() { ResidentBytes = 1 << 20 };
    private readonly Dictionary<ReplayTable, string> _directories = [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    protected override ReplayTable Create(TableSpec spec)
    {
        var directory = Path.Combine(_root, NewName());
        EmbeddedReplayStore.Create(directory, new TableManifest(spec, "UInt8", [spec.ObservationBytes], RateLimits.None), _options).Dispose();
        return Open(directory);
    }

    protected override ReplayTable Reopen(ReplayTable table)
    {
        table.Dispose();
        return Open(_directories[table]);
    }

    private ReplayTable Open(string directory)
    {
        var store = EmbeddedReplayStore.Open(directory, _options);
        var table = new ReplayTable(store.Manifest.Spec, store);
        _directories.Add(table, directory);
        return table;
    }
}
