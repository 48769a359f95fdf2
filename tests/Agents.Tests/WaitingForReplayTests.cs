using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Tests;

/// <summary>
/// A run that finds no replay reports nothing but that it starts, so that its folder stays as it is and the attempt
/// does not count as lost progress.
/// </summary>
public sealed class WaitingForReplayTests
{
    [Theory]
    [InlineData("cartpole-dense")]
    [InlineData("nature")]
    public async Task WithoutATable_ARunHasNotBegun(string preset)
    {
        var states = new List<RunState>();
        var observer = new RecordingObserver { Progressed = progress => states.Add(progress.State) };
        var context = LocalRun.Context("run", observer) with { Replay = new AbsentReplay() };
        var settings = PresetCatalog.BuiltIn.Resolve(preset, []);

        await Assert.ThrowsAsync<IOException>(
            () => TrainingLoop.TrainAsync(settings, context, TestContext.Current.CancellationToken));

        Assert.NotEmpty(states);
        Assert.All(states, state => Assert.Equal(RunState.Starting, state));
        Assert.Empty(observer.Records);
    }

    private sealed class AbsentReplay : IReplaySource
    {
        public Task<IReplaySession> CreateAsync(
            ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken) =>
            throw new IOException("away");

        public Task<IReplaySession> ReopenAsync(
            ReplaySpec spec, EnvironmentInfo environment, string mark, ReadOnlyMemory<byte> samplerState,
            CancellationToken cancellationToken) => throw new IOException("away");

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
