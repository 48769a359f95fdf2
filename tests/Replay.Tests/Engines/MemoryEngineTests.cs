using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Memory;

namespace DqnAspire.Replay.Tests.Engines;

public sealed class MemoryEngineTests : EngineTests
{
    protected override IReplayEngine Engine { get; } = new MemoryReplayEngine();

    protected override bool IsDurable => false;
}
