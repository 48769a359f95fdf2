using DqnAspire.Core;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Environments.Tests.State;

/// <summary>Restored lanes continue as the saved ones would have, wherever they were saved.</summary>
[Trait("Category", "Slow")]
public class SavedLanesTests
{
    private const int Lanes = 3;
    private const int Steps = 60;
    private const int StepsAfter = 25;
    private const int SavesAtBoundaries = 3;

    /// <summary>Episodes are short, so that many of them begin and end within a run.</summary>
    public static TheoryData<string, string> Environments
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "CartPole-v1", "" },
                { "CartPole-v1", "sutton_barto_reward=true max_episode_steps=9" },
                { "FrozenLake-v1", "" },
                { "FrozenLake8x8-v1", "map_name=random random_size=5 max_episode_steps=7" },
                { "LunarLander-v3", "max_episode_steps=45" },
                { "LunarLander-v3", "enable_wind=true gravity=-11.5 max_episode_steps=50" },
                { "BricksNoFrameskip-v4", "max_num_frames_per_episode=40" },
                { "VolleyDeterministic-v4", "obs_type=grayscale max_num_frames_per_episode=60" },
                { "Volley-v4", "obs_type=ram max_num_frames_per_episode=50" },
                {
                    "Bricks-v4",
                    "obs_type=ram repeat_action_probability=0.5 max_num_frames_per_episode=50 max_episode_steps=11"
                },
                { "ALE/Bricks-v5", "obs_type=grayscale max_num_frames_per_episode=100" },
                { "ALE/Volley-v5", "full_action_space=true max_num_frames_per_episode=70" },
            };
            foreach (var pipeline in PreprocessingPipelines.All)
            {
                var options = $"preprocessing={pipeline.Name} frameskip={pipeline.EmulatorFrameSkip}";
                data.Add("BricksNoFrameskip-v4", $"{options} max_num_frames_per_episode=50");
                data.Add("VolleyNoFrameskip-v4", $"{options} repeat_action_probability=0.25 max_episode_steps=12");
            }

            data.Add("BricksNoFrameskip-v4", "preprocessing=nature training=false max_num_frames_per_episode=90");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void RestoredLanes_ContinueAsTheSavedOnesDid(string id, string options)
    {
        var definition = BuiltInEnvironments.Registry.Get(id);
        var values = options.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('='))
            .Select(parts => KeyValuePair.Create(parts[0], parts[1]))
            .ToArray();

        Check(() => definition.Create(values));
    }

    [Fact]
    public void RestoredStacks_ContinueAsTheSavedOnesDid() => Check(() => Stacked(PreprocessingPipelines.Nature, 20));

    [Fact]
    public void GymnasiumsPreprocessing_ContinuesAsTheSavedOneDid() => Check(() => AtariPreprocessing.Create(
        Emulator(60), new AtariPreprocessingOptions { TerminalOnLifeLoss = true, GrayscaleObs = false, NoopMax = 5 }));

    /// <summary>The wrappers keep a screen of their own when the last step of a reset ends an episode.</summary>
    [Fact]
    public void AnEpisodeThatEndsWithinItsReset_ContinuesAsTheSavedOneDid() =>
        Check(() => Stacked(PreprocessingPipelines.PongHandsOn, 6));

    private static FrameStack Stacked(PreprocessingPipeline pipeline, int maxFrames) =>
        new(pipeline.Create(Emulator(maxFrames)), 4, StackPadding.Zero);

    private static AtariEmulator Emulator(int maxFrames) => new(
        BundledCartridges.Get("bricks").Span,
        GameCatalog.Default.Get("bricks"),
        new AtariEmulatorOptions { Game = new AtariGameOptions { MaxFramesPerEpisode = maxFrames } });

    private static void Check(Func<IEnvironment> create)
    {
        Check(create, autoReset: true);
        Check(create, autoReset: false);
    }

    /// <summary>
    /// One run is saved now and then, and after steps that end episodes; each save is continued from.
    /// </summary>
    private static void Check(Func<IEnvironment> create, bool autoReset)
    {
        var lanes = Open(create, 11, autoReset, threads: 1);
        var seen = new List<string> { LaneRun.Look(lanes) };
        var saves = new List<(int Step, byte[] State)> { (0, lanes.SaveState()) };
        var boundaries = 0;
        for (var step = 1; step <= Steps; step++)
        {
            seen.Add(LaneRun.Step(lanes, step));
            var ended = lanes.Episodes.Length > 0;
            if ((ended && ++boundaries <= SavesAtBoundaries) || step is 7 or Steps - StepsAfter)
            {
                saves.Add((step, lanes.SaveState()));
            }
        }

        Assert.True(boundaries > 0, "No episode ended in the run.");
        foreach (var (start, state) in saves)
        {
            var restored = Open(create, 99, autoReset, threads: Lanes);
            restored.Step(new int[Lanes]);
            restored.RestoreState(state);

            Assert.Equal(seen[start], LaneRun.Look(restored));
            for (var step = start + 1; step <= Math.Min(start + StepsAfter, Steps); step++)
            {
                Assert.Equal(seen[step], LaneRun.Step(restored, step));
            }
        }

        AssertSameAfterSeededReset(lanes, saves[^1].State, create, autoReset);
    }

    /// <summary>
    /// Nothing of the instance that took the state over comes through, not even where a game is begun anew.
    /// </summary>
    private static void AssertSameAfterSeededReset(
        EnvironmentLanes lanes, byte[] state, Func<IEnvironment> create, bool autoReset)
    {
        var restored = Open(create, 1234, autoReset, threads: 1);
        restored.RestoreState(state);
        lanes.RestoreState(state);
        foreach (var each in new[] { lanes, restored })
        {
            each.Reset(0, 5);
        }

        for (var step = 0; step < 5; step++)
        {
            Assert.Equal(LaneRun.Step(lanes, step), LaneRun.Step(restored, step));
        }
    }

    private static EnvironmentLanes Open(Func<IEnvironment> create, ulong seed, bool autoReset, int threads) =>
        new([.. Enumerable.Range(0, Lanes).Select(_ => create())], seed, autoReset, threads);
}
