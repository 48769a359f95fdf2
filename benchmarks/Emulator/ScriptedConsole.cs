using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.AtariTraces.Recording;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.Benchmarks.Emulator;

/// <summary>A console at the start of a game, played by the script lcg1 that holds an action for four frames.</summary>
internal sealed class ScriptedConsole
{
    public const int FramesPerStep = 4;

    /// <summary>The one cartridge among those that verify a console which is played with paddles.</summary>
    private const string PaddleCartridge = "ad0a34665b10572dbb1c66fa34e86d07";

    private readonly AtariConsole _console;
    private readonly ConsoleSnapshot _start;
    private readonly ConsoleSnapshot _scratch;
    private readonly byte[] _picture;
    private ActionScript _script = CreateScript();

    /// <param name="image">The cartridge.</param>
    /// <exception cref="Atari2600.Cartridges.CartridgeException">The image fits no known board.</exception>
    public ScriptedConsole(CartridgeImage image)
    {
        Image = image;
        var left = image.Checksum == PaddleCartridge ? ControllerType.Paddles : ControllerType.Joystick;
        _console = new AtariConsole(image.Bytes, new ConsoleOptions { LeftController = left });
        _console.Reset();
        _start = _console.Save();
        _scratch = _console.Save();
        _picture = new byte[_console.Screen.Length];
    }

    public CartridgeImage Image { get; }

    /// <summary>Back to the start of the game, so that every round plays the same frames.</summary>
    public void Rewind()
    {
        _console.Restore(_start);
        _script = CreateScript();
    }

    /// <summary>Plays frames that nobody looks at.</summary>
    public void Act(int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            Step(draw: false);
        }
    }

    /// <summary>Plays frames and copies the picture of each.</summary>
    public void Watch(int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            Step(draw: true);
            _console.Screen.CopyTo(_picture);
        }
    }

    /// <summary>Plays steps of an agent: four frames, of which the last two are drawn.</summary>
    public void Repeat(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Step(draw: false);
            Step(draw: false);
            Step(draw: true);
            Step(draw: true);
        }
    }

    /// <summary>Saves the state into an old snapshot.</summary>
    public void Save() => _console.Save(_scratch);

    /// <summary>Goes back to the state that <see cref="Save"/> saved.</summary>
    public void Restore() => _console.Restore(_scratch);

    private static ActionScript CreateScript() => ActionScript.Parse("lcg1", FramesPerStep);

    private void Step(bool draw) => _console.Step(((AtariAction)_script.Next()).ToInput(), draw: draw);
}
