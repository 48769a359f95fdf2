using System.Buffers.Binary;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Tabular;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Agents.Tests;

public sealed class TabularQLearningTests
{
    [Fact]
    public async Task FrozenLake_IsSolved()
    {
        var observer = new RecordingObserver();

        var state = await Train(observer, ("Run:Seed", "1"));

        Assert.Equal(RunState.Solved, state);
        Assert.True(observer.Last.BestValidationReturn > 0.80);
        Assert.Equal(observer.Records.Count, observer.Last.Steps);
        Assert.Equal(observer.BestParameters, SaveBest(observer));
    }

    [Fact]
    public async Task TakingBlocks_GivesTheNumbersOfTakingOneIterationAtATime()
    {
        var observer = new RecordingObserver();
        var state = await Train(observer, ("Run:Seed", "5"));

        var expected = OneAtATime(seed: 5);

        Assert.Equal(RunState.Solved, state);
        Assert.Equal(expected, observer.Records.Select(r => r.ValidationReturn!.Value));
    }

    [Fact]
    public async Task StepLimit_EndsUnsolved()
    {
        var observer = new RecordingObserver();

        var state = await Train(observer, ("Run:MaxSteps", "300"));

        Assert.Equal(RunState.Unsolved, state);
        Assert.Equal(300, observer.Records.Count);
        Assert.Equal(RunState.Unsolved, observer.Last.State);
    }

    [Fact]
    public async Task Cancellation_StopsTheRun()
    {
        using var stop = new CancellationTokenSource();
        var observer = new RecordingObserver { Progressed = p => { if (p.Steps > 0) { stop.Cancel(); } } };
        var settings = (TabularSettings)PresetCatalog.BuiltIn.Resolve("frozenlake-tabular", []);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TrainingLoop.TrainAsync(settings, LocalRun.Context("test", observer), stop.Token));
    }

    [Fact]
    public async Task EnvironmentWithoutStates_IsRefusedByName()
    {
        var error = await Assert.ThrowsAsync<SettingException>(
            () => Train(new RecordingObserver(), ("Environment:Id", "CartPole-v1")));

        Assert.Contains("Environment:Id=CartPole-v1", error.Message, StringComparison.Ordinal);
    }

    private static Task<RunState> Train(ITrainingObserver observer, params (string Name, string Value)[] changes)
    {
        var settings = (TabularSettings)PresetCatalog.BuiltIn.Resolve(
            "frozenlake-tabular", changes.Select(c => KeyValuePair.Create(c.Name, c.Value)));
        return TrainingLoop.TrainAsync(
            settings, LocalRun.Context("test", observer), TestContext.Current.CancellationToken);
    }

    private static byte[] SaveBest(RecordingObserver observer)
    {
        using var loaded = new MemoryStream(observer.BestParameters);
        var policy = PolicyFile.Load(loaded, ManagedBackend.Shared);
        using var saved = new MemoryStream();
        policy.Save(saved);
        return saved.ToArray();
    }

    /// <summary>The published program, line by line: one transition, one update, twenty episodes.</summary>
    private static List<double> OneAtATime(ulong seed)
    {
        var seeds = new SeedStreams(seed);
        var environment = BuiltInEnvironments.Registry.Create("FrozenLake-v1");
        var test = BuiltInEnvironments.Registry.Create("FrozenLake-v1");
        var random = new Pcg64(seeds.Exploration);
        var q = new double[16, 4];
        var observation = new byte[4];
        environment.Reset(seeds.Environment, observation);
        // Lanes are reset when they are opened, and every test episode begins with a reset of its own.
        test.Reset(seeds.ValidationEnvironment, new byte[4]);
        var rewards = new List<double>();
        while (rewards.Count == 0 || rewards[^1] <= 0.80)
        {
            var state = BinaryPrimitives.ReadInt32LittleEndian(observation);
            var action = (int)random.Integers(0, 4);
            var result = environment.Step(action, observation);
            var next = BinaryPrimitives.ReadInt32LittleEndian(observation);
            if (result.Ended)
            {
                environment.Reset(null, observation);
            }

            q[state, action] = (q[state, action] * (1 - 0.2))
                + ((result.Reward + (0.9 * q[next, Best(q, next)])) * 0.2);
            var sum = 0.0;
            for (var episode = 0; episode < 20; episode++)
            {
                var playing = new byte[4];
                test.Reset(null, playing);
                StepResult step;
                do
                {
                    step = test.Step(Best(q, BinaryPrimitives.ReadInt32LittleEndian(playing)), playing);
                    sum += step.Reward;
                }
                while (!step.Ended);
            }

            rewards.Add(sum / 20);
        }

        return rewards;
    }

    private static int Best(double[,] q, int state)
    {
        var best = 0;
        for (var action = 1; action < 4; action++)
        {
            if (q[state, action] > q[state, best])
            {
                best = action;
            }
        }

        return best;
    }
}
