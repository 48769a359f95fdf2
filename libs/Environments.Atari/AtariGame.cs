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

    private readonly Host _host;
    private readonly GameState? _state;
    private readonly AtariGameOptions _options;
    private readonly int _mode;
    private readonly Switches _difficulty;
    private readonly ConsoleSnapshot _powerOn;
    private readonly int[] _initialValues;
    private Mt19937 _random;
    private int _action;

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
        _powerOn = console.Save();
        _state = rule is null ? null : new GameState(rule);
        _initialValues = _state?.Values.ToArray() ?? [];
        _mode = _options.Mode ?? rule?.Modes.Default ?? 0;
        var difficulty = _options.Difficulty ?? rule?.Difficulties.Default ?? 0;
        _difficulty = ((difficulty & 1) != 0 ? Switches.LeftDifficultyA : Switches.None)
            | ((difficulty & 2) != 0 ? Switches.RightDifficultyA : Switches.None);
    }

    /// <summary>The console: picture, memory, counters.</summary>
    public AtariConsole Console { get; }

    /// <summary>The number of lives that the game reports.</summary>
    public int Lives => _state?.Lives ?? 0;

    /// <summary>Whether the game is over.</summary>
    public bool IsTerminal => _state?.IsTerminal ?? false;

    /// <summary>Whether the episode has had all the frames that it may have.</summary>
    public bool IsTruncated => _options.MaxFramesPerEpisode > 0 && EpisodeFrames >= _options.MaxFramesPerEpisode;

    /// <summary>Frames of the episode: those of actions, and one for each press of SELECT during the reset.</summary>
    public int EpisodeFrames { get; private set; }

    /// <summary>
    /// Puts the cartridge in anew: console and rule as they were at first, the generator from a new seed. ALE does this
    /// when an environment is reset with a seed, and resets once itself; the caller resets again.
    /// </summary>
    /// <param name="seed">Seed of the environment's generator.</param>
    /// <exception cref="ModeSelectionException">The cartridge did not come to the mode.</exception>
    public void Load(uint seed)
    {
        Console.Restore(_powerOn);
        _state?.Restore(_initialValues);
        _random = new Mt19937(seed);
        Reset();
    }

    /// <summary>
    /// Starts a game: system reset, 60 idle frames, reset button for four, reset of the rule, selection of the mode,
    /// reset button for four, and what the game wants pressed at its start.
    /// </summary>
    /// <exception cref="ModeSelectionException">The cartridge did not come to the mode.</exception>
    public void Reset()
    {
        EpisodeFrames = 0;
        Console.SystemReset();
        Frames(IdleFrames, StickInput.None, Switches.None);
        PressReset(ButtonFrames);
        if (_state is not null)
        {
            _state.Reset();
            _state.Rule.Modes.Select(_mode, _state, _host);
        }

        PressReset(ButtonFrames);
        foreach (var start in _state?.Rule.StartingActions ?? [])
        {
            if (start.Action == StartingAction.Reset)
            {
                Frames(start.Frames, StickInput.None, Switches.Reset);
            }
            else
            {
                Frames(start.Frames, ((AtariAction)start.Action).ToInput(), Switches.None);
            }
        }
    }

    /// <summary>Plays one frame; after the end of the episode nothing happens.</summary>
    /// <param name="action">
    /// 0 to 17, see <see cref="AtariActions"/>. With sticky actions the last one may be played instead; one that the
    /// game does not take becomes a Noop.
    /// </param>
    /// <param name="draw">Whether the picture is wanted, see <see cref="AtariConsole.Step"/>.</param>
    /// <returns>The reward.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public int Act(int action, bool draw = true)
    {
        _ = ((AtariAction)action).ToInput();

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
        EpisodeFrames++;
        return _state?.Reward ?? 0;
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
        writer.Setting("mode", _mode);
        writer.Setting("difficulty", $"{_difficulty}");
        writer.Setting("repeat_action_probability", _options.RepeatActionProbability);
        writer.Setting("max_num_frames_per_episode", _options.MaxFramesPerEpisode);
        var console = Console.Save().ToArray();
        writer.Write(console.Length);
        writer.Write(console.AsSpan());
        writer.Write(_state is null ? [] : _state.Values);
        Span<uint> random = stackalloc uint[Mt19937.StateLength];
        _random.CopyStateTo(random);
        writer.Write(MemoryMarshal.Cast<uint, int>(random));
        writer.Write(_action);
        writer.Write(EpisodeFrames);
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
        reader.Setting("mode", _mode);
        reader.Setting("difficulty", $"{_difficulty}");
        reader.Setting("repeat_action_probability", _options.RepeatActionProbability);
        reader.Setting("max_num_frames_per_episode", _options.MaxFramesPerEpisode);
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
    }

    private string GameName => _state?.Rule.Id ?? "none";

    private void RestoreConsole(StateReader reader)
    {
        var snapshot = new byte[reader.ReadInt32("the size of the console", _powerOn.Size, _powerOn.Size)];
        reader.Read(snapshot.AsSpan());
        try
        {
            Console.Restore(ConsoleSnapshot.FromBytes(snapshot));
        }
        catch (SnapshotException exception)
        {
            throw reader.Refuse(exception.Message.TrimEnd('.'), exception);
        }
    }

    private double NextDouble() => _random.NextUInt32() * (1.0 / (1L << 32));

    /// <summary>A soft reset; it also forgets the action that a sticky one would repeat.</summary>
    private void PressReset(int frames)
    {
        Frames(frames, StickInput.None, Switches.Reset);
        _action = (int)AtariAction.Noop;
    }

    private void Frames(int count, StickInput input, Switches switches)
    {
        if (_state is null)
        {
            Console.Hold(input, StickInput.None, switches | _difficulty, count);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Frame(input, switches, draw: true);
        }
    }

    private void Frame(StickInput input, Switches switches, bool draw)
    {
        Console.Step(input, StickInput.None, switches | _difficulty, draw);
        _state?.Advance(_host);
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
                game.Console.Step(StickInput.None, StickInput.None, Switches.Select | game._difficulty);
            }

            game.Frame(StickInput.None, Switches.None, draw: true);
            game.EpisodeFrames++;
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
