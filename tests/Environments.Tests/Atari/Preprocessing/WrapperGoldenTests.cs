using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// Gymnasium's and Stable-Baselines3's wrappers, recorded on the synthetic game: every observation, reward, flag and
/// base call.
/// </summary>
[Trait("Category", "GoldenGym")]
public sealed class WrapperGoldenTests
{
    private const int Actions = 6;

    /// <summary>
    /// NumPy adds pairwise, so that sums of fractions differ in their last bits; the digests are compared exactly.
    /// </summary>
    private const double SumTolerance = 1e-6;

    public static TheoryData<string> Files => [.. GoldenFiles.Of(GoldenKind.AtariWrappers)];

    public static TheoryData<string, int, string> Runs
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var file in GoldenFiles.Of(GoldenKind.AtariWrappers))
            {
                var index = 0;
                foreach (var run in GoldenFiles.Open(file).GetProperty("runs").EnumerateArray())
                {
                    data.Add(file, index++, $"{run.GetProperty("config").GetString()}, seed {run.GetProperty("seed")}");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Screens_AreTheRecordedOnes(string file)
    {
        var game = new SyntheticGame();
        var (gray, rgb) =
            (new byte[GoldenImage.Height * GoldenImage.Width], new byte[GoldenImage.Height * GoldenImage.Width * 3]);
        foreach (var check in GoldenFiles.Open(file).GetProperty("screen_check").EnumerateArray())
        {
            (game.Frame, game.LastAction) = (check.GetProperty("f").GetInt32(), check.GetProperty("a").GetInt32());
            game.Draw();
            game.ReadGrayscale(gray);
            game.ReadRgb(rgb);

            Assert.Equal(check.GetProperty("gray_sha256").GetString(), Digest(gray));
            Assert.Equal(check.GetProperty("rgb_sha256").GetString(), Digest(rgb));
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_FollowsTheRecording(string file, int index, string label)
    {
        _ = label;
        var run = GoldenFiles.Open(file).GetProperty("runs")[index];
        var fake = run.GetProperty("fake_args");
        var game = new SyntheticGame(fake.TryGetProperty("trunc_at", out var truncateAt) ? truncateAt.GetInt32() : 0);
        var environment = Create(run, game);
        Assert.Equal(
            run.GetProperty("obs_shape").EnumerateArray().Select(v => v.GetInt32()),
            environment.ObservationSpace.Shape);
        var seed = run.GetProperty("seed").GetUInt32();
        var lcg = new LcgPolicy(seed);
        var isClipped = run.GetProperty("config").GetString()!.StartsWith("sb3", StringComparison.Ordinal);
        var resets = run.GetProperty("resets").EnumerateArray()
            .ToDictionary(reset => reset.GetProperty("before_step").GetInt32());
        var observation = new byte[environment.ObservationSpace.ByteCount];

        for (var t = 0; t < run.GetProperty("num_steps").GetInt32(); t++)
        {
            if (resets.TryGetValue(t, out var reset))
            {
                environment.Reset(GoldenRun.SeedOf(reset), observation);
                Assert.Equal(reset.GetProperty("obs_sha256").GetString(), Digest(observation));
                Assert.Equal(reset.GetProperty("base_frame").GetInt32(), game.Frame);
                Assert.Equal(reset.GetProperty("base_steps").GetInt32(), game.Steps);
                Assert.Equal(reset.GetProperty("base_resets").GetInt32(), game.Resets);
                Assert.Equal(reset.GetProperty("lives").GetInt32(), game.Lives);
            }

            if (t == 0 && run.TryGetProperty("first_obs_base64", out var first)
                && first.ValueKind == JsonValueKind.String)
            {
                Assert.Equal(first.GetBytesFromBase64(), observation);
            }

            var action = lcg.Next(Actions);
            Assert.Equal(run.GetProperty("action")[t].GetInt32(), action);
            var result = environment.Step(action, observation);

            var expected = (
                run.GetProperty("reward")[t].GetDouble(),
                run.GetProperty("terminated")[t].GetBoolean(),
                run.GetProperty("truncated")[t].GetBoolean());
            Assert.True(
                expected == (isClipped ? result.LearningReward : result.Reward, result.Terminated, result.Truncated),
                $"step {t}: {result}, expected {expected}");
            Assert.Equal(run.GetProperty("base_frame")[t].GetInt32(), game.Frame);
            Assert.True(
                run.GetProperty("obs_sha256")[t].GetString() == Digest(observation), $"observation of step {t}");
            Assert.Equal(
                run.GetProperty("obs_sum")[t].GetDouble(),
                Sum(environment.ObservationSpace, observation),
                SumTolerance);
        }
    }

    private static IEnvironment Create(JsonElement run, SyntheticGame game)
    {
        var arguments = run.GetProperty("wrapper_args").EnumerateObject()
            .ToDictionary(argument => argument.Name, argument => argument.Value);
        var config = run.GetProperty("config").GetString()!;
        IEnvironment environment = config.Split('_')[0] switch
        {
            "gymnasium" => AtariPreprocessing.Create(game, Options(arguments)),
            "sb3" => AtariWrapper(arguments, game),
            _ => throw new InvalidOperationException(
                $"The recordings hold a wrapper '{config}' that nothing here gives."),
        };
        const string Stack = "stack";
        var stack = config.LastIndexOf(Stack, StringComparison.Ordinal);
        return stack < 0
            ? environment
            : new FrameStack(environment, int.Parse(config.AsSpan(stack + Stack.Length), null), StackPadding.Repeat);
    }

    private static AtariPreprocessingOptions Options(Dictionary<string, JsonElement> arguments)
    {
        var options = new AtariPreprocessingOptions();
        foreach (var (name, value) in arguments)
        {
            options = name switch
            {
                "noop_max" => options with { NoopMax = value.GetInt32() },
                "frame_skip" => options with { FrameSkip = value.GetInt32() },
                "screen_size" when value.ValueKind == JsonValueKind.Array =>
                    options with { ScreenWidth = value[0].GetInt32(), ScreenHeight = value[1].GetInt32() },
                "screen_size" => options with { ScreenWidth = value.GetInt32(), ScreenHeight = value.GetInt32() },
                "terminal_on_life_loss" => options with { TerminalOnLifeLoss = value.GetBoolean() },
                "grayscale_obs" => options with { GrayscaleObs = value.GetBoolean() },
                "grayscale_newaxis" => options with { GrayscaleNewaxis = value.GetBoolean() },
                "scale_obs" => options with { ScaleObs = value.GetBoolean() },
                _ => throw new InvalidOperationException($"AtariPreprocessing has no argument '{name}' here."),
            };
        }

        return options;
    }

    /// <summary>Stable-Baselines3's AtariWrapper, with its defaults.</summary>
    private static PreprocessedEnvironment AtariWrapper(Dictionary<string, JsonElement> arguments, SyntheticGame game)
    {
        var noopMax = Take("noop_max")?.GetInt32() ?? 30;
        var frameSkip = Take("frame_skip")?.GetInt32() ?? 4;
        var size = Take("screen_size")?.GetInt32() ?? 84;
        var hasEpisodicLife = Take("terminal_on_life_loss")?.GetBoolean() ?? true;
        var hasClipping = Take("clip_reward")?.GetBoolean() ?? true;
        Assert.Empty(arguments);

        IScreenEnvironment screens = new EmulatorScreen(game, ScreenFormat.Rgb);
        screens = noopMax > 0 ? new NoopReset(screens, noopMax) : screens;
        screens = frameSkip > 1 ? new MaxAndSkip(screens, frameSkip) : screens;
        screens = hasEpisodicLife ? new EpisodicLife(screens) : screens;
        screens = new FireReset(screens);
        screens = hasClipping ? new ClipReward(screens) : screens;
        var gray = RgbToGray.OpenCv(screens.Screen);
        return new PreprocessedEnvironment(screens, [gray, new AreaResize(gray.Output, size, size)], channelAxis: true);

        JsonElement? Take(string name) => arguments.Remove(name, out var value) ? value : null;
    }

    private static double Sum(ObservationSpace space, byte[] observation) => space.ElementType == ElementType.UInt8
        ? observation.Sum(value => (double)value)
        : MemoryMarshal.Cast<byte, float>(observation).ToArray().Sum(value => (double)value);

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
