namespace DqnAspire.Replay.Tests.Engines;

public sealed class MemoryEngineTests : EngineTests
{
    protected override ReplayTable Create(TableSpec spec) => new(spec);

    protected override ReplayTable Reopen(ReplayTable table) => table;
}
