using System.Globalization;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Preprocessing;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// The games of <see cref="GameCatalog.Default"/> as environments, with Gymnasium's ids, options and defaults.
/// </summary>
public static class AtariDefinitions
{
    private const string FrameSkip = "frameskip";
    private const string RepeatActionProbability = "repeat_action_probability";
    private const string FullActionSpace = "full_action_space";
    private const string Mode = "mode";
    private const string Difficulty = "difficulty";
    private const string ObservationType = "obs_type";
    private const string MaxFrames = "max_num_frames_per_episode";
    private const string NoopMax = "noop_max";
    private const string Preprocessing = "preprocessing";
    private const string Training = "training";

    private const string Default = "default";
    private const string None = "none";
    private const string Grayscale = "grayscale";
    private const string Rgb = "rgb";
    private const string RamBytes = "ram";
    private const int MaxFrameSkip = 1000;
    private const int MaxNoopMax = 1000;

    /// <summary>All of them, with the cartridges of this machine.</summary>
    public static IEnumerable<EnvironmentDefinition> OfThisMachine() =>
        All(GameCatalog.Default, new RecentShelf(CartridgeShelf.OfThisMachine, TimeProvider.System).Get);

    /// <summary>All of them, a game's ids together.</summary>
    /// <param name="games">The rules of the games.</param>
    /// <param name="openShelf">Gives the cartridges that are there.</param>
    public static IEnumerable<EnvironmentDefinition> All(GameCatalog games, Func<CartridgeShelf> openShelf) =>
        games.Games.SelectMany(rule => AtariIds.Of(rule).Select(id => Define(rule, id, openShelf)));

    private static EnvironmentDefinition Define(GameRule rule, AtariIds id, Func<CartridgeShelf> openShelf) => new(
        id.Id,
        $"{rule.Name} on the Atari 2600, {id.Description}.",
        options => Create(rule, options, openShelf()))
    {
        Options =
        [
            new(FrameSkip, id.FrameSkip, "Emulated frames of a step; LOW-HIGH draws a number for each step."),
            new(
                RepeatActionProbability,
                id.RepeatActionProbability,
                "Probability that a frame repeats the last action, 0..1."),
            new(
                FullActionSpace,
                "false",
                "All 18 actions instead of those that do something in the game: true or false."),
            new(Mode, Default, $"Game variation: {Default}, {string.Join(", ", rule.Modes.Available)}."),
            new(
                Difficulty,
                Default,
                $"Difficulty switches: {Default}, {string.Join(", ", rule.Difficulties.Available)}."),
            new(ObservationType, Rgb, $"What is observed without preprocessing: {Grayscale}, {Rgb} or {RamBytes}."),
            new(MaxFrames, "108000", "Emulated frames after which an episode is truncated; 0 for no limit."),
            new(
                NoopMax,
                Default,
                $"Maximum of no-ops at an episode's start: {Default} as preprocessing has it, or 0..{MaxNoopMax}."),
            new(
                Preprocessing,
                None,
                "A recipe's preprocessing: "
                    + $"{None}, {string.Join(", ", PreprocessingPipelines.All.Select(p => p.Name))}."),
            new(
                Training,
                "true",
                "Whether preprocessing that is for training only, as one life for one episode, is in force: "
                    + "true or false."),
        ],
        FindProblem = () => openShelf() is var shelf && shelf.Find(rule) is null ? shelf.Explain(rule) : null,
        FindWarning = () => openShelf().Find(rule)?.Warning,
        ResolveValue = (options, name) =>
            name == NoopMax && ReadNoopMax(options) is null ? $"{ReadPipeline(options)?.NoopMax ?? 0}" : null,
    };

    private static IEnvironment Create(GameRule rule, EnvironmentOptions options, CartridgeShelf shelf)
    {
        var (min, max) = ReadFrameSkip(options);
        var settings = new AtariEmulatorOptions
        {
            MinFrameSkip = min,
            MaxFrameSkip = max,
            FullActionSpace = options.GetBoolean(FullActionSpace),
            Game = new AtariGameOptions
            {
                RepeatActionProbability = options.GetNumber(RepeatActionProbability, 0.0, 1.0),
                MaxFramesPerEpisode = options.GetNumber(MaxFrames, 0, int.MaxValue),
                Mode = ReadChoice(options, Mode, [.. rule.Modes.Available]),
                Difficulty = ReadChoice(options, Difficulty, [.. rule.Difficulties.Available]),
            },
        };
        var observation = options.GetChoice(ObservationType, Grayscale, Rgb, RamBytes);
        var noopMax = ReadNoopMax(options);
        var pipeline = ReadPipeline(options) is { } recipe ? recipe with { NoopMax = noopMax ?? recipe.NoopMax } : null;
        if (pipeline is null && observation == RamBytes && noopMax > 0)
        {
            throw options.Refuse(NoopMax, $"must be 0 or {Default} where {RamBytes} is observed");
        }

        var training = options.GetBoolean(Training);

        var found = shelf.Find(rule) ?? throw new EnvironmentUnavailableException(shelf.Explain(rule));
        var emulator = CreateEmulator(rule, found, settings);
        if (pipeline is not null)
        {
            return CreatePreprocessed(pipeline, emulator, training, options);
        }

        return observation switch
        {
            RamBytes => new RamEnvironment(emulator),
            Grayscale => CreateScreens(emulator, ScreenFormat.Grayscale, noopMax ?? 0),
            _ => CreateScreens(emulator, ScreenFormat.Rgb, noopMax ?? 0),
        };
    }

    private static PreprocessedEnvironment CreateScreens(AtariEmulator emulator, ScreenFormat format, int noopMax)
    {
        IScreenEnvironment screens = new EmulatorScreen(emulator, format);
        return new PreprocessedEnvironment(noopMax > 0 ? new NoopReset(screens, noopMax) : screens, []);
    }

    private static AtariEmulator CreateEmulator(GameRule rule, FoundCartridge found, AtariEmulatorOptions settings)
    {
        try
        {
            return new AtariEmulator(found.Image.Span, rule, settings);
        }
        catch (CartridgeException exception)
        {
            throw new EnvironmentUnavailableException(
                $"{found.Source} is no usable cartridge of {rule.Name}. {exception.Message}");
        }
    }

    private static IEnvironment CreatePreprocessed(
        PreprocessingPipeline pipeline, AtariEmulator emulator, bool training, EnvironmentOptions options)
    {
        if (emulator.FrameSkip != pipeline.EmulatorFrameSkip)
        {
            throw options.Refuse(
                FrameSkip, $"must be {pipeline.EmulatorFrameSkip} for the preprocessing '{pipeline.Name}'");
        }

        try
        {
            var environment = pipeline.Create(emulator, training);
            return pipeline.MaxEpisodeSteps > 0 ? new TimeLimit(environment, pipeline.MaxEpisodeSteps) : environment;
        }
        catch (ArgumentException exception)
        {
            throw options.Refuse(Preprocessing, $"does not suit the game: {exception.Message}", exception);
        }
    }

    private static int? ReadNoopMax(EnvironmentOptions options)
    {
        var text = options.GetText(NoopMax);
        if (text == Default)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= MaxNoopMax
            ? value
            : throw options.Refuse(NoopMax, $"must be {Default} or a whole number of 0..{MaxNoopMax}");
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

        static int? Parse(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value is >= 1 and <= MaxFrameSkip ? value : null;
    }

    private static int? ReadChoice(EnvironmentOptions options, string name, int[] available)
    {
        var text = options.GetText(name);
        if (text == Default)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && available.Contains(value)
            ? value
            : throw options.Refuse(name, $"must be {Default} or one of {string.Join(", ", available)}");
    }
}
