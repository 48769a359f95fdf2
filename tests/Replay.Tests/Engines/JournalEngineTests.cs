using DqnAspire.Replay.Engines;

namespace DqnAspire.Replay.Tests.Engines;

/// <summary>The engine of samples/ReplayEngine.</summary>
public sealed class JournalEngineTests : EngineTests, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dqn-journal-").FullName;

    public JournalEngineTests() => Engine = new JournalReplay.JournalEngine(_root);

    protected override IReplayEngine Engine { get; }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
