using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;

namespace DqnAspire.Replay.Tests.Engines;

public sealed class FileEngineTests : EngineTests, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dqn-engine-").FullName;

    public FileEngineTests() => Engine = new FileReplayEngine(_root, new FileStoreOptions { ResidentBytes = 1 << 20 });

    protected override IReplayEngine Engine { get; }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
