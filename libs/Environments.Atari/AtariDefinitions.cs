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
        options => Create(rule, options, openShelf))
    {
        Options = AtariOptions.Of(rule, id),
        FindProblem = () => Find(rule, openShelf, out var shelf) is null ? shelf!.Explain(rule) : null,
        FindWarning = () => Find(rule, openShelf, out _)?.Warning,
        ResolveValue = AtariOptions.Resolve,
    };

    /// <summary>The cartridge of a game; for one that comes with the library nobody looks at a folder.</summary>
    private static FoundCartridge? Find(GameRule rule, Func<CartridgeShelf> openShelf, out CartridgeShelf? shelf)
    {
        shelf = null;
        if (BundledCartridges.TryGet(rule.Id, out var bundled))
        {
            return FoundCartridge.Bundled(bundled);
        }

        shelf = openShelf();
        return shelf.Find(rule);
    }

    private static IEnvironment Create(GameRule rule, EnvironmentOptions options, Func<CartridgeShelf> openShelf)
    {
        var chosen = AtariOptions.Read(rule, options);
        var found = Find(rule, openShelf, out var shelf)
            ?? throw new EnvironmentUnavailableException(shelf!.Explain(rule));
        var emulator = CreateEmulator(rule, found, chosen.Emulator);
        if (chosen.Pipeline is { } pipeline)
        {
            return CreatePreprocessed(pipeline, emulator, chosen.IsTraining, options);
        }

        var isGray = chosen.Observation == AtariOptions.Grayscale;
        IScreenEnvironment screens = new EmulatorScreen(emulator, isGray ? ScreenFormat.Grayscale : ScreenFormat.Rgb);
        screens = chosen.NoopMax > 0 ? new NoopReset(screens, chosen.NoopMax) : screens;
        screens = chosen.LifeLossInfo ? new LifeLossInfo(screens) : screens;
        return chosen.Observation == AtariOptions.RamBytes
            ? new RamEnvironment(emulator, screens)
            : new PreprocessedEnvironment(screens, []);
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
                AtariOptions.FrameSkip,
                $"must be {pipeline.EmulatorFrameSkip} for the preprocessing '{pipeline.Name}'");
        }

        try
        {
            var environment = pipeline.Create(emulator, training);
            return pipeline.MaxEpisodeSteps > 0 ? new TimeLimit(environment, pipeline.MaxEpisodeSteps) : environment;
        }
        catch (ArgumentException exception)
        {
            throw options.Refuse(AtariOptions.Preprocessing, $"does not suit the game: {exception.Message}", exception);
        }
    }
}
