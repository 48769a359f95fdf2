using System.Runtime.InteropServices;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using DqnAspire.Environments.State;
using Switches = DqnAspire.Atari2600.Controllers.ConsoleSwitches;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// A cartridge being played as the Arcade Learning Environment plays it, one frame an action: its reset sequence, and
/// the game's rule evaluated after every frame. A cartridge without a rule gives no rewards, has no lives and never
/// ends.
/// </summary>
/// <remarks>One game is used by one thread at a time. A frame allocates nothing.</remarks>
public sealed class AtariGame
{
    private const int IdleFrames = 60;
    private const int ButtonFrames = 4;

    /// <summary>
    /// Frames of an action that are drawn where the last one is: those that its picture can depend on.
    /// </summary>
    private const int DrawnFrames = 3;

    /// <summary>
    /// Frames that the selection of a mode may take, for each of the frames of an action. The longest that a right
    /// cartridge takes is a few thousand; with another one it may never end.
    /// </summary>
    private const int MaxSelectionFrames = 10_000;

    /// <summary>Frames of an action that are allowed for.</summary>
    private const int MaxSelectionSkip = 4;

    private readonly Host _host;
    private readonly GameState? _state;
    private readonly AtariGameOptions _options;
    private readonly ConsoleSnapshot _powerOn;
    private readonly int[] _initialValues;
    private readonly int _maxLives;
    private readonly FramePlayer _player;
    private Mt19937 _random;
    private int _mode;
    private int _action;
    private long _lastWork = long.MaxValue;

    /// <summary>Puts a game's rule to a console. Call <see cref="Reset"/> to come to the start of the game.</summary>
    /// <param name="console">The console, just switched on; this game's own from now on.</param>
    /// <param name="rule">The game's rule, or null.</param>
    /// <param name="seed">
    /// Seeds the environment's generator: sticky actions and a few games' mode selections draw from it.
    /// </param>
    /// <param name="options">How the game is played; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The game has no such mode or difficulty, or an option is out of its range.
    /// </exception>
    public AtariGame(AtariConsole console, GameRule? rule, uint seed, AtariGameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(console);
        Console = console;
        _options = options ?? new AtariGameOptions();
        _options.Validate(rule);
        _random = new Mt19937(seed);
        _host = new Host(this);
        _player = new FramePlayer(console, _options.ColorAveraging);
        _powerOn = console.Save();
        _state = rule is null ? null : new GameState(rule);
        _initialValues = _state?.Values.ToArray() ?? [];
        _maxLives = Lives;
        SetUp();
    }

    /// <summary>The console: memory and counters. Its picture may be out of date, see <see cref="Picture"/>.</summary>
    public AtariConsole Console { get; }

    /// <summary>The number of lives that the game reports.</summary>
    public int Lives => _state?.Lives ?? 0;

    /// <summary>Whether the game is over.</summary>
    public bool IsTerminal => _state?.IsTerminal ?? false;

    /// <summary>
    /// Whether the episode has had all the frames that it may have, or, where that is an option, a life was lost in it.
    /// </summary>
    public bool IsTruncated => (_options.MaxFramesPerEpisode > 0 && EpisodeFrames >= _options.MaxFramesPerEpisode)
        || (_options.TruncateOnLossOfLife && Lives < _maxLives);

    /// <summary>Frames of the episode: those of actions, and one for each press of SELECT during the reset.</summary>
    public int EpisodeFrames { get; private set; }

    /// <summary>Frames since the cartridge was put in, counted as those of the episode are.</summary>
    public int Frames { get; private set; }

    /// <summary>The game variation that the next reset selects.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The game has no such mode.</exception>
    public int Mode
    {
        get => _mode;
        set
        {
            AtariGameOptions.RequireMode(_state?.Rule, value);
            _mode = value;
        }
    }

    /// <summary>The difficulty switches, bit 0 left, bit 1 right, 1 for A; in force from the next frame on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The game has no such difficulty.</exception>
    public int Difficulty
    {
        get => _player.Difficulty;
        set
        {
            AtariGameOptions.RequireDifficulty(_state?.Rule, value);
            _player.Difficulty = value;
        }
    }

    /// <summary>
    /// The picture after the last frame, whether or not it was drawn when it was played: rows of pixel values of the
    /// console's palette. It holds until the next frame.
    /// </summary>
    public ReadOnlySpan<byte> Picture => _player.Picture;

    /// <summary>Sets a byte of the console's RAM, as a program would by writing to it.</summary>
    /// <param name="index">0 to 127.</param>
    /// <param name="value">The byte.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such byte.</exception>
    public void SetRam(int index, byte value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, AtariConsole.RamSize);
        _player.Settle();
        Console.Ram[index] = value;
    }

    /// <summary>
    /// Puts the cartridge in anew, as ALE does when an environment is made and when it is reset with a seed: console
    /// and rule as they were at first, the generator from a new seed, and a first reset, in the default mode and with
    /// both switches at B whatever the options say. They hold from then on; the caller resets again.
    /// </summary>
    /// <param name="seed">Seed of the environment's generator.</param>
    /// <exception cref="ModeSelectionException">The cartridge did not come to the mode.</exception>
    public void Load(uint seed)
    {
        _player.Forget();
        Console.Restore(_powerOn);
        _state?.Restore(_initialValues);
        _random = new Mt19937(seed);
        _action = (int)AtariAction.Noop;
        Frames = 0;
        _mode = _state?.Rule.Modes.Default ?? 0;
        _player.Difficulty = 0;
        Reset();
        SetUp();
    }

    /// <summary>
    /// Starts a game: system reset, 60 idle frames, reset button for four, reset of the rule, selection of the mode,
    /// reset button for four, and what the game wants pressed at its start.
    /// </summary>
    /// <exception cref="ModeSelectionException">The cartridge did not come to the mode.</exception>
    public void Reset()
    {
        EpisodeFrames = 0;
        _player.Forget();
        Console.SystemReset();
        Hold(IdleFrames, StickInput.None, Switches.None);
        PressReset(ButtonFrames);
        if (_state is not null)
        {
            _state.Reset();
            SelectMode(_state);
        }

        PressReset(ButtonFrames);
        foreach (var start in _state?.Rule.StartingActions ?? [])
        {
            if (start.Action == StartingAction.Reset)
            {
                Hold(start.Frames, StickInput.None, Switches.Reset);
            }
            else
            {
                Hold(start.Frames, ((AtariAction)start.Action).ToInput(), Switches.None);
            }
        }
    }

    /// <summary>
    /// Plays an action for as many frames as ALE's own frame skip says, one unless it is an option; after the end of
    /// the episode nothing happens.
    /// </summary>
    /// <param name="action">
    /// 0 to 17, see <see cref="AtariActions"/>. With sticky actions the last one may be played instead; one that the
    /// game does not take becomes a Noop.
    /// </param>
    /// <param name="draw">
    /// Whether the picture is wanted for sure: it is had quicker then, and later otherwise.
    /// </param>
    /// <returns>The rewards, within the bounds of the options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public int Act(int action, bool draw = true)
    {
        _ = ((AtariAction)action).ToInput();
        var reward = 0;
        for (var left = _options.FrameSkip; left > 0; left--)
        {
            reward += ActOnce(action, draw && left <= DrawnFrames);
        }

        return Math.Clamp(reward, _options.RewardMin, _options.RewardMax);
    }

    /// <summary>
    /// Writes the console, what the rule remembers, the generator, the action a sticky one would repeat, and counters.
    /// </summary>
    /// <param name="writer">Receives them.</param>
    public void SaveState(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(nameof(AtariGame));
        writer.Setting("game", GameName);
        _options.Write(writer, _state?.Rule);
        _player.Settle();
        var console = Console.Save().ToArray();
        writer.Write(console.Length);
        writer.Write(console.AsSpan());
        writer.Write(_state is null ? [] : _state.Values);
        Span<uint> random = stackalloc uint[Mt19937.StateLength];
        _random.CopyStateTo(random);
        writer.Write(MemoryMarshal.Cast<uint, int>(random));
        writer.Write([_action, EpisodeFrames, Frames, _mode, Difficulty]);
    }

    /// <summary>
    /// Goes on as the game that was saved did; this one must have been made of the same cartridge with the same rule
    /// and options.
    /// </summary>
    /// <param name="reader">What was saved.</param>
    /// <exception cref="StateException">The state is damaged or of another game.</exception>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(nameof(AtariGame));
        reader.Setting("game", GameName);
        _options.Require(reader, _state?.Rule);
        RestoreConsole(reader);
        if (_state is not null)
        {
            var values = new int[_state.Values.Length];
            reader.Read(values.AsSpan());
            _state.Restore(values);
        }

        Span<uint> random = stackalloc uint[Mt19937.StateLength];
        reader.Read(MemoryMarshal.Cast<uint, int>(random));
        if (!_random.TrySetState(random))
        {
            throw reader.Refuse("its generator has given out more numbers than it has");
        }

        _action = reader.ReadInt32("the last action", 0, AtariActions.Count - 1);
        EpisodeFrames = reader.ReadInt32("the number of frames", 0, int.MaxValue);
        Frames = reader.ReadInt32("the number of all frames", 0, int.MaxValue);
        _mode = reader.ReadInt32("the mode", 0, int.MaxValue);
        if (!(_state?.Rule.Modes.Available.Contains(_mode) ?? true) && _mode != _state!.Rule.Modes.Default)
        {
            throw reader.Refuse($"the game has no mode {_mode}");
        }

        _player.Difficulty = reader.ReadInt32("the difficulty", 0, FramePlayer.MaxDifficulty);
    }

    private int FramesToSelect => MaxSelectionFrames * Math.Min(_options.FrameSkip, MaxSelectionSkip);

    private string GameName => _state?.Rule.Id ?? "none";

    private void RestoreConsole(StateReader reader)
    {
        var snapshot = new byte[reader.ReadInt32("the size of the console", _powerOn.Size, _powerOn.Size)];
        reader.Read(snapshot.AsSpan());
        _player.Forget();
        try
        {
            Console.Restore(ConsoleSnapshot.FromBytes(snapshot));
        }
        catch (SnapshotException exception)
        {
            throw reader.Refuse(exception.Message.TrimEnd('.'), exception);
        }
    }

    private void SetUp()
    {
        _mode = _options.Mode ?? _state?.Rule.Modes.Default ?? 0;
        _player.Difficulty = _options.Difficulty ?? _state?.Rule.Difficulties.Default ?? 0;
    }

    private void SelectMode(GameState state)
    {
        _lastWork = _player.Work + FramesToSelect;
        try
        {
            state.Rule.Modes.Select(_mode, state, _host);
        }
        finally
        {
            _lastWork = long.MaxValue;
        }
    }

    private int ActOnce(int action, bool draw)
    {
        // One number for each player and frame, whether or not actions are sticky.
        if (NextDouble() >= _options.RepeatActionProbability)
        {
            _action = action;
        }

        NextDouble();
        if (IsTerminal || IsTruncated)
        {
            return 0;
        }

        var legal = _state is null || !_state.Rule.IllegalActions.Contains(_action);
        Frame(legal ? ((AtariAction)_action).ToInput() : StickInput.None, Switches.None, draw);
        Count();
        return _state?.Reward ?? 0;
    }

    private void Count()
    {
        EpisodeFrames++;
        Frames++;
    }

    private double NextDouble() => _random.NextUInt32() * (1.0 / (1L << 32));

    /// <summary>A soft reset; it also forgets the action that a sticky one would repeat.</summary>
    private void PressReset(int frames)
    {
        Hold(frames, StickInput.None, Switches.Reset);
        _action = (int)AtariAction.Noop;
    }

    private void Hold(int count, StickInput input, Switches switches)
    {
        if (_state is null)
        {
            _player.Hold(input, switches, count);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Frame(input, switches, draw: true);
        }
    }

    private void Frame(StickInput input, Switches switches, bool draw)
    {
        Play(input, switches, draw);
        _state?.Advance(_host);
    }

    private void Play(StickInput input, Switches switches, bool draw)
    {
        _player.Play(input, switches, draw);
        if (_player.Work > _lastWork)
        {
            throw new ModeSelectionException(
                GameName, _mode, $"the console did not get there in {FramesToSelect} frames.");
        }
    }

    /// <summary>The game as its rule sees it.</summary>
    private sealed class Host(AtariGame game) : IModeSelectionHost, IGameMemory
    {
        public IGameMemory Memory => this;

        public ReadOnlySpan<byte> Ram => game.Console.Ram;

        public byte Peek(int address) => game.Console.Peek(address);

        public void SoftReset(int frames) => game.PressReset(frames);

        public void HoldSelect(int frames)
        {
            for (var i = 0; i < frames; i++)
            {
                game.Play(StickInput.None, Switches.Select, draw: true);
            }

            game.Frame(StickInput.None, Switches.None, draw: true);
            game.Count();
        }

        public void Act(int action, int count)
        {
            for (var i = 0; i < count; i++)
            {
                game.Act(action);
            }
        }

        public uint NextRandom() => game._random.NextUInt32();
    }
}
