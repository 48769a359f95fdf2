namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// A whole console that does what ALE 0.12.1 does, frame by frame and bit by bit. It is slow and shares nothing with
/// the emulator it is there to check. A new console stands where ALE's console stands before the first environment
/// reset; call <see cref="Reset"/> once for what loading a cartridge does, and once more for each reset of the game.
/// </summary>
public sealed class ReferenceConsole
{
    private const uint SystemSeed = 4753849;
    private const int InstructionsPerFrame = 25_000;
    private const int FormatFrames = 60;
    private const int LeastRows = 200;

    private readonly ReferenceMersenneTwister _random = new(SystemSeed);
    private readonly ReferenceInput _input;
    private readonly ReferenceRiot _riot;
    private readonly ReferenceCartridge _cartridge;
    private readonly ReferenceBus _bus;
    private readonly ReferenceTelevision _television = new();
    private readonly ReferenceTia _tia;

    /// <summary>Switches a console on, and off and on again if its television format has to be found out.</summary>
    /// <param name="rom">The cartridge's image.</param>
    /// <param name="scheme">Its bank switching, by ALE's name; see <see cref="ReferenceCartridge.Create"/>.</param>
    /// <param name="options">Its properties.</param>
    public ReferenceConsole(byte[] rom, string scheme, ReferenceOptions options)
    {
        _input = new ReferenceInput(options);
        _riot = new ReferenceRiot(_random, _input);
        _cartridge = ReferenceCartridge.Create(rom, scheme);
        _bus = new ReferenceBus(_riot, _cartridge);
        _tia = new ReferenceTia(_bus, _input, _television, options);
        _bus.Tia = _tia;
        Cpu = new ReferenceCpu(_bus);
        IsPal = options.Format == ReferenceFormat.Pal;
        Height = options.Height;
        if (options.Format == ReferenceFormat.AutoDetect)
        {
            SystemReset();
            IsPal = LooksLikePal();
        }

        if (IsPal && options.Height == 210)
        {
            Height = 250;
        }

        SystemReset();
    }

    public ReferenceCpu Cpu { get; }

    public bool IsPal { get; }

    /// <summary>Lines drawn into the picture.</summary>
    public int Height { get; }

    /// <summary>The RIOT's 128 bytes.</summary>
    public ReadOnlySpan<byte> Ram => _riot.Ram;

    /// <summary>Rows of <see cref="Screen"/>.</summary>
    public int ScreenRows => Math.Max(Height, LeastRows);

    /// <summary>A copy of the picture: <see cref="ScreenRows"/> rows of 160 colour register values.</summary>
    public byte[] Screen => _television.Picture(ScreenRows);

    /// <summary>Lines since the start of the last frame.</summary>
    public uint Scanlines => _tia.Scanlines;

    /// <summary>CPU cycles since the counter was put to 0 at the start of the last frame.</summary>
    public uint Cycles => _bus.Cycles;

    /// <summary>See <see cref="ReferenceTia.Collisions"/>.</summary>
    public ushort Collisions => _tia.Collisions;

    /// <summary>The environment's reset: 60 frames without input, then twice four frames with RESET held.</summary>
    public void Reset()
    {
        _input.CentrePaddles();
        SystemReset();
        Emulate(0, reset: false, frames: 60);
        Emulate(0, reset: true, frames: 4);
        Emulate(0, reset: true, frames: 4);
    }

    /// <summary>One frame with an ALE action (0..17) of player A, and the console's RESET switch up or down.</summary>
    public void Step(int action, bool reset = false) => Emulate(action, reset, frames: 1);

    private void Emulate(int action, bool reset, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            _input.Apply(action, reset);
            RunFrame();
        }

        // ALE copies the RAM over the bus for its user. A program that continues inside the TIA's addresses sees it.
        _bus.DataLatch = Ram[^1];
    }

    private void SystemReset()
    {
        _bus.RestartCycles();
        _riot.Reset();
        _tia.Reset(IsPal, Height);
        _cartridge.Reset(_random);
        Cpu.Reset();
    }

    private bool LooksLikePal()
    {
        var longFrames = 0;
        for (var frame = 0; frame < FormatFrames; frame++)
        {
            RunFrame();
            if (frame >= FormatFrames / 2 && Scanlines > 285)
            {
                longFrames++;
            }
        }

        return longFrames >= 15;
    }

    private void RunFrame()
    {
        _tia.BeginFrame();
        for (var i = 0; i < InstructionsPerFrame && _tia.FrameIsPartial && !Cpu.IsJammed; i++)
        {
            Cpu.Step();
        }

        _tia.EndFrame();
    }
}
