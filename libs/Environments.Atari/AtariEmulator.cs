using System.Globalization;
using System.Security.Cryptography;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// A cartridge as Gymnasium's Atari environments play it: a set of actions, frame skip, and two generators seeded from
/// one number, the environment's own and that of the game.
/// </summary>
/// <remarks>A step allocates nothing. Not safe for use by several threads at once.</remarks>
public sealed class AtariEmulator : IAtariEmulator
{
    private const string ModeName = "mode";
    private const string DifficultyName = "difficulty";
    private const string RamPrefix = "ram[";

    private static readonly string[] Infos = ["episode_frame_number", "frame_number"];

    private readonly AtariGame _game;
    private readonly int[] _actions;
    private readonly AtariEmulatorOptions _options;
    private readonly uint _firstSeed = RandomNumberSeed();
    private bool _isLoaded;

    /// <summary>Puts a cartridge into a console. The first reset starts the game.</summary>
    /// <param name="image">The cartridge.</param>
    /// <param name="rule">The game's rule.</param>
    /// <param name="options">Frame skip, actions, mode and so on; null for the defaults.</param>
    /// <exception cref="Atari2600.Cartridges.CartridgeException">The image fits no known board.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is out of its range, or the game has no such mode or difficulty.
    /// </exception>
    public AtariEmulator(ReadOnlySpan<byte> image, GameRule rule, AtariEmulatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _options = options ?? new AtariEmulatorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MinFrameSkip, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxFrameSkip, _options.MinFrameSkip, nameof(options));
        _game = new AtariGame(
            new AtariConsole(image, GameConsole.OptionsFor(rule, CartridgeImage.ChecksumOf(image))), rule, _firstSeed,
            _options.Game);
        _actions = [.. _options.FullActionSpace ? rule.LegalActions : rule.MinimalActions];
        ActionSpace = new ActionSpace([.. _actions.Select(action => AtariActions.Names[action])]);
        Random = new Pcg64(RandomNumberSeed());
    }

    /// <inheritdoc/>
    public int ScreenHeight => _game.Console.Height;

    /// <inheritdoc/>
    public int ScreenWidth => AtariConsole.Width;

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; }

    /// <inheritdoc/>
    public int FrameSkip => _options.MinFrameSkip == _options.MaxFrameSkip ? _options.MinFrameSkip : 0;

    /// <inheritdoc/>
    public int Lives => _game.Lives;

    /// <inheritdoc/>
    public Pcg64 Random { get; private set; }

    /// <summary>The console's 128 bytes of RAM.</summary>
    public ReadOnlySpan<byte> Ram => _game.Console.Ram;

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => Infos;

    /// <inheritdoc/>
    /// <exception cref="EnvironmentUnavailableException">
    /// The cartridge did not come to the mode: it is not quite the game's.
    /// </exception>
    public void Reset(ulong? seed)
    {
        try
        {
            if (seed is { } number)
            {
                // As ale-py does: the seed gives one for the environment and one for the game, whose cartridge is put
                // in anew.
                Span<uint> seeds = stackalloc uint[2];
                new SeedSequence(number).GenerateState(seeds);
                Random = new Pcg64(seeds[0]);
                _game.Load(seeds[1]);
            }
            else if (!_isLoaded)
            {
                // There, a cartridge is put in when the environment is made. Here it waits until it is known that no
                // seed will do it again.
                _game.Load(_firstSeed);
            }

            _isLoaded = true;
            _game.Reset();
        }
        catch (ModeSelectionException exception)
        {
            throw new EnvironmentUnavailableException(
                $"{exception.Message} The cartridge seems to be another one than the rule was made for.", exception);
        }
    }

    /// <inheritdoc/>
    public StepResult Step(int action, bool draw)
    {
        ActionSpace.ThrowIfOutside(action);
        var frames = FrameSkip > 0 ? FrameSkip : (int)Random.Integers(_options.MinFrameSkip, _options.MaxFrameSkip + 1);
        var lives = _game.Lives;
        double reward = 0;
        for (var frame = 1; frame <= frames; frame++)
        {
            // The last three are drawn at once: a short frame shows the rest of the picture of the one before the last.
            // Where the episode ends earlier, the picture is drawn when it is read.
            reward += _game.Act(_actions[action], draw && frame >= frames - 2);
        }

        var flags = (_game.IsTerminal ? StepFlags.Terminated : StepFlags.None)
            | (_game.IsTruncated ? StepFlags.Truncated : StepFlags.None);
        return new StepResult(reward, flags, reward, _game.Lives, _game.Lives < lives);
    }

    /// <inheritdoc/>
    public void ReadGrayscale(Span<byte> screen) => _game.Console.Palette.ToGray(_game.Picture, screen);

    /// <inheritdoc/>
    public void ReadRgb(Span<byte> screen) => _game.Console.Palette.ToRgb(_game.Picture, screen);

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values)
    {
        values[0] = _game.EpisodeFrames;
        values[1] = _game.Frames;
    }

    /// <inheritdoc/>
    public void Change(string name, string value)
    {
        var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        try
        {
            if (name == ModeName)
            {
                _game.Mode = number;
            }
            else if (name == DifficultyName)
            {
                _game.Difficulty = number;
            }
            else if (ReadRamIndex(name) is { } index)
            {
                _game.SetRam(index, checked((byte)number));
            }
            else
            {
                throw new EnvironmentOptionException(
                    name,
                    $"'{Spelling.Echo(name)}' cannot be changed while the game runs; "
                        + $"{ModeName}, {DifficultyName} and ram[0] to ram[{AtariConsole.RamSize - 1}] can.");
            }
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            var reason = exception is OverflowException ? "A byte is 0 to 255." : exception.Message;
            throw new EnvironmentOptionException(
                name, $"{name} cannot be '{Spelling.Echo(value)}'. {reason.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(nameof(AtariEmulator));
        writer.Setting("frameskip", FrameSkipText());
        writer.Setting("full_action_space", _options.FullActionSpace);
        writer.Write(Random);
        _game.SaveState(writer);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(nameof(AtariEmulator));
        reader.Setting("frameskip", FrameSkipText());
        reader.Setting("full_action_space", _options.FullActionSpace);
        Random = reader.ReadPcg64() ?? throw reader.Refuse("there is no generator");
        _isLoaded = true;
        _game.RestoreState(reader);
    }

    private static int? ReadRamIndex(string name) =>
        name.StartsWith(RamPrefix, StringComparison.Ordinal) && name.EndsWith(']')
        && int.TryParse(name[RamPrefix.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    private string FrameSkipText() => $"{_options.MinFrameSkip}-{_options.MaxFrameSkip}";

    private static uint RandomNumberSeed() => (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
}
