using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Services.Tests;

/// <summary>Experience in the sample's engine, which ReplayService loads from an assembly.</summary>
public sealed class JournalSystem : TestSystem
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-journal-").FullName;

    protected override string[] ReplaySettings =>
    [
        $"--Replay:Engine={Path.Combine(AppContext.BaseDirectory, "JournalEngine.dll")}",
        $"--Replay:DataDirectory={_folder}",
    ];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class ReplayInJournalTests(JournalSystem system) : ReplayTests(system), IClassFixture<JournalSystem>;

public sealed class ReplayMarkInJournalTests(JournalSystem system)
    : ReplayMarkTests(system), IClassFixture<JournalSystem>
{
    private readonly JournalSystem _system = system;

    [Fact]
    public async Task AMark_IsThere_AfterTheServiceWasRestarted()
    {
        await Create("kept");
        await Append("kept", records: 11);
        await Mark("kept", "here");
        await Append("kept", records: 5);
        var before = await Describe("kept");

        await _system.RestartReplayAsync();

        Assert.Equal(before.Records, (await Describe("kept")).Records);
        Assert.Equal(11, (await Rewind("kept", "here")).Records);
        Assert.True((await _system.Replay.DescribeAsync(
            new DescribeRequest { Table = "kept" }, cancellationToken: TestContext.Current.CancellationToken)).Durable);
    }
}

public sealed class EngineSettingTests
{
    [Theory]
    [InlineData("quantum", "'quantum' is not a replay engine; there are memory, files, redis")]
    [InlineData("nowhere.dll", "nowhere.dll cannot be loaded")]
    [InlineData("DqnAspire.Core.dll", "has 0 public classes that implement IReplayEngine")]
    public void AnEngineThatIsNone_IsToldBeforeAnythingStarts(string engine, string message)
    {
        var path = engine.EndsWith(".dll", StringComparison.Ordinal) ? Path.Combine(
            AppContext.BaseDirectory, engine) : engine;

        var error = Assert.Throws<ReplayStoreException>(
            () => ReplayService.Application.Build([$"--Replay:Engine={path}"]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
