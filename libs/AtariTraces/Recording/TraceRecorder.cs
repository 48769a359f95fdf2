using System.Collections.Immutable;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.AtariTraces.Format;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.AtariTraces.Recording;

/// <summary>
/// Plays a cartridge and records a trace: the console after loading and resets, then after every frame. The
/// rule of the game, if there is one, is found by the cartridge's MD5, or else by the name of its file.
/// </summary>
public sealed class TraceRecorder
{
    /// <summary>Minimum number of lines of a picture.</summary>
    private const int LeastShownHeight = 200;

    private readonly ConsoleOptions _options;
    private readonly TraceSetup _setup;
    private readonly GameRule? _rule;
    private readonly AtariGame _game;
    private int _frame;

    /// <summary>Loads a cartridge and starts its game.</summary>
    /// <param name="image">The cartridge.</param>
    /// <param name="setup">Seed, resets and properties.</param>
    /// <param name="path">
    /// The image's file, whose name says which game it is where its checksum does not; null for none.
    /// </param>
    /// <exception cref="CartridgeException">The image fits no known board.</exception>
    /// <exception cref="TraceFormatException">A property cannot be set.</exception>
    public TraceRecorder(ReadOnlySpan<byte> image, TraceSetup setup, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _setup = setup;
        var md5 = CartridgeImage.ChecksumOf(image);
        _rule = GameCatalog.Default.Find(md5, path ?? "")?.Rule;
        _options = TraceSettings.Apply(GameConsole.OptionsFor(_rule, md5), [.. setup.Cartridge, .. setup.Settings]);
        Console = new AtariConsole(image, _options);
        _game = new AtariGame(Console, _rule, setup.Seed);

        var states = ImmutableArray.CreateBuilder<TraceState>();
        for (var reset = 0; reset <= setup.ExtraResets; reset++)
        {
            _game.Reset();
            states.Add(new TraceState(
                reset == 0 ? TraceState.AfterLoad : TraceState.AfterReset(reset), ScreenHash.Of(Console.Screen),
                [.. Console.Ram]));
        }

        States = states.ToImmutable();
    }

    /// <summary>The console.</summary>
    public AtariConsole Console { get; }

    /// <summary>The console after loading and after each extra reset.</summary>
    public ImmutableArray<TraceState> States { get; }

    /// <summary>Plays a frame.</summary>
    /// <param name="action">What the player does, 0 to 17.</param>
    public TraceRow Act(int action)
    {
        var reward = _game.Act(action);
        return new TraceRow(
            _frame++,
            action,
            reward,
            _game.IsTerminal,
            _game.Lives,
            Console.ScanLines,
            Console.Cycles,
            ScreenHash.Of(Console.Screen),
            [.. Console.Ram]);
    }

    /// <summary>The header of a trace of this game.</summary>
    /// <param name="fileName">File name of the cartridge.</param>
    /// <param name="script">The script that plays.</param>
    /// <param name="frames">Number of frames.</param>
    public TraceHeader Describe(string fileName, ActionScript script, int frames)
    {
        ArgumentNullException.ThrowIfNull(script);
        var scheme = BankswitchNames.Of(Console.Detection.Scheme);
        return new TraceHeader
        {
            Rom = fileName,
            Md5 = Console.Md5,
            Script = script.Name,
            Seed = script.Seed,
            Hold = script.Hold,
            Frames = frames,
            ExtraResets = _setup.ExtraResets,
            Left = NameOf(_options.LeftController),
            Right = NameOf(_options.RightController),
            SwapPaddles = _options.SwapPaddles,
            Format = Console.Format.ToString().ToUpperInvariant(),
            FirstLine = _options.FirstLine,
            Height = Console.Height > LeastShownHeight ? Console.Height : _options.Height,
            // The board of a swapped F8 is known by checksum; all others are told from the image.
            Bankswitch = Console.Detection.Scheme == CartridgeScheme.F8Swapped ? scheme : $"AUTO-DETECT ==> {scheme}",
            Settings = [.. _setup.Settings],
            States = States,
            ScreenHeight = Console.Height,
            LegalActions = _rule?.LegalActions.Count() ?? AtariActions.Names.Length,
        };
    }

    private static string NameOf(Atari2600.Controllers.ControllerType type) => type.ToString().ToUpperInvariant();
}
