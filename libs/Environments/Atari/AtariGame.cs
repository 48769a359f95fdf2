using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using DqnAspire.Randomness;
using Switches = DqnAspire.Atari2600.Controllers.ConsoleSwitches;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// A cartridge being played as the Arcade Learning Environment plays it, one frame an action: its reset sequence, and the
/// game's rule evaluated after every frame. A cartridge without a rule gives no rewards, has no lives and never ends.
/// </summary>
/// <remarks>One game is used by one thread at a time. A frame allocates nothing.</remarks>
public sealed class AtariGame
{
    private const int IdleFrames = 60;
    private const int ButtonFrames = 4;

    private readonly Host _host;
    private readonly GameState? _state;
    private readonly Mt19937 _random;
    private readonly Switches _difficulty;

    /// <summary>Puts a game's rule to a console. Call <see cref="Reset"/> to come to the start of the game.</summary>
    /// <param name="console">The console, just switched on; this game's own from now on.</param>
    /// <param name="rule">The game's rule, or null.</param>
    /// <param name="seed">Seeds the environment's generator, which a few games' mode selections draw from.</param>
    public AtariGame(AtariConsole console, GameRule? rule, uint seed)
    {
        ArgumentNullException.ThrowIfNull(console);
        Console = console;
        _random = new Mt19937(seed);
        _host = new Host(this);
        if (rule is not null)
        {
            _state = new GameState(rule);
            _difficulty = ((rule.Difficulties.Default & 1) != 0 ? Switches.LeftDifficultyA : Switches.None)
                | ((rule.Difficulties.Default & 2) != 0 ? Switches.RightDifficultyA : Switches.None);
        }
    }

    /// <summary>The console: picture, memory, counters.</summary>
    public AtariConsole Console { get; }

    /// <summary>The number of lives that the game reports.</summary>
    public int Lives => _state?.Lives ?? 0;

    /// <summary>Whether the game is over.</summary>
    public bool IsTerminal => _state?.IsTerminal ?? false;

    /// <summary>
    /// Starts a game: system reset, 60 idle frames, reset button for four, reset of the rule, selection of the default mode,
    /// reset button for four, and what the game wants pressed at its start.
    /// </summary>
    /// <exception cref="ModeSelectionException">The cartridge did not come to the mode.</exception>
    public void Reset()
    {
        Console.SystemReset();
        Frames(IdleFrames, StickInput.None, Switches.None);
        PressReset(ButtonFrames);
        if (_state is not null)
        {
            _state.Reset();
            _state.Rule.Modes.Select(_state.Rule.Modes.Default, _state, _host);
        }

        PressReset(ButtonFrames);
        foreach (var start in _state?.Rule.StartingActions ?? [])
        {
            if (start.Action == AtariActions.Reset)
            {
                PressReset(start.Frames);
            }
            else
            {
                Frames(start.Frames, ((AtariAction)start.Action).ToInput(), Switches.None);
            }
        }
    }

    /// <summary>Plays one frame; after the end of the game nothing happens.</summary>
    /// <param name="action">0 to 17, see <see cref="AtariActions"/>; one that the game does not take becomes a Noop.</param>
    /// <param name="draw">Whether the picture is wanted, see <see cref="AtariConsole.Step"/>.</param>
    /// <returns>The reward.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public int Act(int action, bool draw = true)
    {
        var input = ((AtariAction)action).ToInput();

        // One number a player and frame, whether or not actions are sticky.
        _random.NextUInt32();
        _random.NextUInt32();
        if (IsTerminal)
        {
            return 0;
        }

        if (_state is not null && _state.Rule.IllegalActions.Contains(action))
        {
            input = StickInput.None;
        }

        Frame(input, Switches.None, draw);
        return _state?.Reward ?? 0;
    }

    private void PressReset(int frames) => Frames(frames, StickInput.None, Switches.Reset);

    private void Frames(int count, StickInput input, Switches switches)
    {
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
