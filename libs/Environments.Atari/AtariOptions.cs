using System.Globalization;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// The options of an Atari environment, by the names of Gymnasium and ALE, and what their values come to.
/// </summary>
/// <param name="Emulator">How the cartridge is played.</param>
/// <param name="Observation">What is observed without preprocessing.</param>
/// <param name="NoopMax">Maximum of no-ops at an episode's start, without preprocessing.</param>
/// <param name="LifeLossInfo">Whether a lost life says terminated and the game goes on.</param>
/// <param name="Pipeline">The preprocessing with what the other options change of it; null for none.</param>
/// <param name="IsTraining">Whether preprocessing that is for training only is in force.</param>
internal sealed record AtariOptions(
    AtariEmulatorOptions Emulator,
    string Observation,
    int NoopMax,
    bool LifeLossInfo,
    PreprocessingPipeline? Pipeline,
    bool IsTraining)
{
    public const string FrameSkip = "frameskip";
    public const string Preprocessing = "preprocessing";
    public const string Grayscale = "grayscale";
    public const string RamBytes = "ram";

    private const string Rgb = "rgb";
    private const string RepeatActionProbability = "repeat_action_probability";
    private const string FullActionSpace = "full_action_space";
    private const string Mode = "mode";
    private const string Difficulty = "difficulty";
    private const string ObservationType = "obs_type";
    private const string MaxFrames = "max_num_frames_per_episode";
    private const string EmulatorFrameSkip = "frame_skip";
    private const string TruncateOnLossOfLife = "truncate_on_loss_of_life";
    private const string RewardMin = "reward_min";
    private const string RewardMax = "reward_max";
    private const string ColorAveraging = "color_averaging";
    private const string LifeLoss = "life_loss_info";
    private const string Noops = "noop_max";
    private const string Training = "training";

    private const string Default = "default";
    private const string None = "none";
    private const string False = "false";
    private const int MaxFrameSkip = 1000;
    private const int MaxNoopMax = 1000;

    /// <summary>The options of an id, with its defaults.</summary>
    public static IReadOnlyList<EnvironmentOption> Of(GameRule rule, AtariIds id) =>
    [
        new(FrameSkip, id.FrameSkip, "Emulated frames of a step; LOW-HIGH draws a number for each step."),
        new(
            RepeatActionProbability,
            id.RepeatActionProbability,
            "Probability that a frame repeats the last action, 0..1."),
        new(
            FullActionSpace,
            False,
            "All actions that the game takes, 18 of most, instead of those that do something in it: true or false."),
        new(Mode, Default, $"Game variation: {Default}, {string.Join(", ", rule.Modes.Available)}."),
        new(Difficulty, Default, $"Difficulty switches: {Default}, {string.Join(", ", rule.Difficulties.Available)}."),
        new(ObservationType, Rgb, $"What is observed without preprocessing: {Grayscale}, {Rgb} or {RamBytes}."),
        new(MaxFrames, "108000", "Emulated frames after which an episode is truncated; 0 for no limit."),
        new(
            EmulatorFrameSkip,
            "1",
            $"ALE's own frame skip, inside {FrameSkip}: frames of each action, of those that select a mode too."),
        new(TruncateOnLossOfLife, False, "Whether an episode is truncated when a life is lost: true or false."),
        new(RewardMin, Text(int.MinValue), $"Lowest reward of an action of {EmulatorFrameSkip} frames."),
        new(RewardMax, Text(int.MaxValue), "Highest one."),
        new(
            ColorAveraging,
            False,
            "Whether a picture is the average of the last two, for games that flicker: true or false."),
        new(LifeLoss, False, "Whether a lost life says terminated, and the game goes on: true or false."),
        new(
            Noops,
            Default,
            $"Maximum of no-ops at an episode's start: {Default} as preprocessing has it, or 0..{MaxNoopMax}."),
        new(
            Preprocessing,
            None,
            $"A recipe's preprocessing: {None}, {string.Join(", ", PreprocessingPipelines.All.Select(p => p.Name))}."),
        new(
            Training,
            "true",
            "Whether preprocessing that is for training only, as one life for one episode, is in force: "
                + "true or false."),
    ];

    /// <summary>Works out a default that depends on other options.</summary>
    public static string? Resolve(EnvironmentOptions options, string name) =>
        name == Noops && ReadNoopMax(options) is null ? $"{ReadPipeline(options)?.NoopMax ?? 0}" : null;

    /// <summary>Reads the values.</summary>
    /// <exception cref="EnvironmentOptionException">An option does not take its value.</exception>
    public static AtariOptions Read(GameRule rule, EnvironmentOptions options)
    {
        var (min, max) = ReadFrameSkip(options);
        var emulator = new AtariEmulatorOptions
        {
            MinFrameSkip = min,
            MaxFrameSkip = max,
            FullActionSpace = options.GetBoolean(FullActionSpace),
            Game = ReadGame(rule, options),
        };
        var noopMax = ReadNoopMax(options);
        var lifeLossInfo = options.GetBoolean(LifeLoss);
        return new AtariOptions(
            emulator,
            options.GetChoice(ObservationType, Grayscale, Rgb, RamBytes),
            noopMax ?? 0,
            lifeLossInfo,
            ReadPipeline(options) is { } recipe
                ? recipe with
                {
                    NoopMax = noopMax ?? recipe.NoopMax,
                    ScreenSteps = lifeLossInfo
                        ? recipe.ScreenSteps.Add(ScreenSteps.LifeLossInfo)
                        : recipe.ScreenSteps,
                }
                : null,
            options.GetBoolean(Training));
    }

    private static AtariGameOptions ReadGame(GameRule rule, EnvironmentOptions options)
    {
        var game = new AtariGameOptions
        {
            RepeatActionProbability = options.GetNumber(RepeatActionProbability, 0.0, 1.0),
            MaxFramesPerEpisode = options.GetNumber(MaxFrames, 0, int.MaxValue),
            Mode = ReadChoice(options, Mode, [.. rule.Modes.Available]),
            Difficulty = ReadChoice(options, Difficulty, [.. rule.Difficulties.Available]),
            FrameSkip = options.GetNumber(EmulatorFrameSkip, 1, MaxFrameSkip),
            TruncateOnLossOfLife = options.GetBoolean(TruncateOnLossOfLife),
            RewardMin = options.GetNumber(RewardMin, int.MinValue, int.MaxValue),
            RewardMax = options.GetNumber(RewardMax, int.MinValue, int.MaxValue),
            ColorAveraging = options.GetBoolean(ColorAveraging),
        };
        return game.RewardMax >= game.RewardMin
            ? game
            : throw options.Refuse(RewardMax, $"must be no less than {RewardMin}, {Text(game.RewardMin)}");
    }

    private static int? ReadNoopMax(EnvironmentOptions options)
    {
        var text = options.GetText(Noops);
        if (text == Default)
        {
            return null;
        }

        return Whole(text) is { } value and <= MaxNoopMax
            ? value
            : throw options.Refuse(Noops, $"must be {Default} or a whole number of 0..{MaxNoopMax}");
    }

    private static PreprocessingPipeline? ReadPipeline(EnvironmentOptions options)
    {
        string[] names = [None, .. PreprocessingPipelines.All.Select(pipeline => pipeline.Name)];
        var name = options.GetChoice(Preprocessing, names);
        return name == None ? null : PreprocessingPipelines.Get(name);
    }

    private static (int Min, int Max) ReadFrameSkip(EnvironmentOptions options)
    {
        var bounds = options.GetText(FrameSkip).Split('-');
        return bounds.Length is 1 or 2 && Parse(bounds[0]) is { } min && Parse(bounds[^1]) is { } max && min <= max
            ? (min, max)
            : throw options.Refuse(
                FrameSkip, $"must be a whole number of 1..{MaxFrameSkip}, or two of them as LOW-HIGH");

        static int? Parse(string text) => Whole(text) is { } value and >= 1 and <= MaxFrameSkip ? value : null;
    }

    private static int? ReadChoice(EnvironmentOptions options, string name, int[] available)
    {
        var text = options.GetText(name);
        if (text == Default)
        {
            return null;
        }

        return Whole(text) is { } value && available.Contains(value)
            ? value
            : throw options.Refuse(name, $"must be {Default} or one of {string.Join(", ", available)}");
    }

    /// <summary>Digits and nothing else.</summary>
    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
