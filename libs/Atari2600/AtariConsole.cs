using System.Security.Cryptography;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Processor;
using DqnAspire.Atari2600.Processor.Translation;
using DqnAspire.Atari2600.Riot;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600;

/// <summary>
/// An Atari 2600 with a cartridge in it, equal bit for bit to the one in ALE 0.12.1: the same cartridge and the same
/// input give the same RAM and the same picture, frame for frame.
/// </summary>
/// <remarks>
/// One console is used by one thread at a time; different consoles do not know of each other. A step allocates
/// nothing. All that changes lies in one block of memory, so saving is copying.
/// </remarks>
public sealed unsafe class AtariConsole
{
    /// <summary>Pixels of a line.</summary>
    public const int Width = Beam.PixelsPerLine;

    /// <summary>Bytes of RAM in the console.</summary>
    public const int RamSize = RiotState.RamSize;

    /// <summary>First bus address of the RAM.</summary>
    public const int RamStart = 0x80;

    /// <summary>ALE's <c>system_random_seed</c>.</summary>
    private const uint RandomSeed = 4_753_849;

    /// <summary>ALE gives up waiting for the end of a frame after so many instructions.</summary>
    private const int InstructionsPerStep = 25_000;

    private const int DetectionFrames = 60;
    private const int DetectionIgnoredFrames = 30;
    private const int PalLines = 285;
    private const int PalFrames = 15;
    private const int DefaultHeight = 210;
    private const int PalHeight = 250;
    private const int MinHeight = 200;
    private const int ResetNoopFrames = 60;
    private const int ResetButtonFrames = 4;

    private readonly byte[] _image;
    private readonly byte[] _md5;
    private readonly ConsoleMemory _memory;
    private readonly ConsoleState* _state;
    private readonly TiaChip _tia;
    private readonly RiotChip _riot;
    private readonly Cartridge _cartridge;
    private readonly Cpu6507 _cpu;
    private readonly FrameClock _clock;
    private readonly ControlPorts _ports;
    private readonly ConsoleOptions _options;

    /// <summary>
    /// Plugs in a cartridge and switches on. The board is detected from the image. The console is left as ALE leaves
    /// it before the first reset: call <see cref="Reset"/> to start a game.
    /// </summary>
    /// <param name="image">The ROM image, 2 KiB and more.</param>
    /// <param name="options">Display and controllers; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CartridgeException">The image fits no known board.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AtariConsole(ReadOnlySpan<byte> image, ConsoleOptions? options = null)
    {
        _options = options ?? new ConsoleOptions();
        _options.Validate();
        var rom = image.ToArray();
        Detection = CartridgeDetector.Detect(rom);
        _cartridge = CartridgeFactory.Create(rom, Detection.Scheme);
        _md5 = MD5.HashData(rom);

        _image = rom;

        _memory = new ConsoleMemory(_cartridge.Rom);
        _state = _memory.State;
        _tia = new TiaChip(&_state->Tia, &_state->Frame, &_state->Inputs, _memory.Pictures)
        {
            AllowHmoveBlanks = _options.HmoveBlanks,
        };
        _riot = new RiotChip(&_state->Riot, &_state->Inputs, &_state->Random);
        var window = new DisplayWindow(_options.FirstLine, _options.Height);
        _clock = new FrameClock(&_state->Frame, &_state->Tia, _memory.Pictures, window);
        _ports = new ControlPorts(&_state->Inputs, _options);
        Bus = new Bus(_memory.Start, &_state->Bus, _tia, _riot, _cartridge);
        Bus.MapConsole(_memory.OffsetOf(&_state->Riot));
        _cartridge.Attach(_memory.Start, &_state->Bus, _memory.OffsetOf(&_state->Cartridge), _memory.RomOffset);
        Program = _options.Translate && TranslationCache.IsSupported && !_cartridge.SnoopsAnything
            ? TranslationCache.For(Md5, Detection.Scheme, _options.TranslationThreshold, _cartridge.Rom)
            : null;
        _cpu = new Cpu6507(
            &_state->Cpu, Bus, _tia, _riot, _memory.Start, &_state->Bus, _state->Riot.Ram, &_state->Frame,
            Program, _memory.RomOffset);
        PowerOn();
    }

    /// <summary>The board and why it was chosen.</summary>
    public CartridgeDetection Detection { get; }

    /// <summary>MD5 of the image, 32 lower-case hex digits.</summary>
    public string Md5 => Convert.ToHexStringLower(_md5);

    /// <summary>The television format in use.</summary>
    public TelevisionFormat Format { get; private set; }

    /// <summary>Colours of the picture.</summary>
    public Palette Palette => Palette.For(Format);

    /// <summary>Lines of the picture.</summary>
    public int Height => Math.Max(_clock.Window.Height, MinHeight);

    /// <summary>
    /// The picture, <see cref="Height"/> rows of <see cref="Width"/> bytes: TIA colour values, to be looked up in
    /// <see cref="Palette"/>. It changes with the next step.
    /// </summary>
    public ReadOnlySpan<byte> Screen => new(_clock.CurrentPicture, Height * Width);

    /// <summary>The picture before that, in the same form; it may hold lines of older ones too.</summary>
    public ReadOnlySpan<byte> PreviousScreen => new(_clock.PreviousPicture, Height * Width);

    /// <summary>
    /// Whether the last frame ended above the picture's last line: the rest is that of the frame before the last one.
    /// </summary>
    public bool IsPictureShort => _state->Frame.Ended != 0 && _clock.IsShort(_state->Cpu.Cycles);

    /// <summary>Whether the sound is made. The console does the same either way.</summary>
    public bool IsHeard
    {
        get => _tia.Sound is not null;
        set
        {
            _tia.Sound = value ? _tia.Sound ?? _tia.CreateSound() : null;
            _tia.Sound?.StartAt(ScanLines);
        }
    }

    /// <summary>
    /// The sound of the last frame, two samples for each of its lines: 128 is silence, and each of the two channels
    /// adds up to 60. Empty where <see cref="IsHeard"/> is false.
    /// </summary>
    public ReadOnlySpan<byte> Sound => _tia.Sound is { } sound ? sound.Samples : [];

    /// <summary>The console's 128 bytes of RAM, bus addresses $80..$FF. Writing pokes them.</summary>
    public Span<byte> Ram => new(_state->Riot.Ram, RamSize);

    /// <summary>CPU cycles since the start of the frame.</summary>
    public int Cycles => _state->Cpu.Cycles;

    /// <summary>Television lines since the start of the frame.</summary>
    public int ScanLines => (int)_clock.Lines(_state->Cpu.Cycles);

    /// <summary>Whether the last step stopped at ALE's limit of 25,000 instructions before the frame ended.</summary>
    public bool IsFramePartial => _state->Frame.Partial != 0;

    /// <summary>Whether the processor has run into an opcode that stops it until the next reset.</summary>
    public bool IsHalted => _state->Cpu.Halted != 0;

    /// <summary>The collision latches: bits 2r and 2r + 1 are bits 7 and 6 of the TIA's read register r.</summary>
    public int Collisions => _state->Tia.Collisions;

    /// <summary>The six audio registers as last written: AUDC0, AUDC1, AUDF0, AUDF1, AUDV0, AUDV1.</summary>
    public ReadOnlySpan<byte> Audio => new(_state->Tia.Audio, 6);

    /// <summary>Bytes of a picture that can be seen.</summary>
    private int VisibleBytes => _clock.Window.Height * Width;

    /// <summary>The bus, for tests and tools.</summary>
    internal Bus Bus { get; }

    /// <summary>The translated code; <see langword="null"/> where all is interpreted.</summary>
    internal TranslatedProgram? Program { get; }

    /// <summary>All that changes, for tests and tools.</summary>
    internal ref ConsoleState State => ref *_state;

    /// <summary>
    /// The byte at a bus address (13 bits count), without any effect on what is there; registers read as 0.
    /// </summary>
    public byte Peek(int address) => Bus.Peek(address);

    /// <summary>
    /// Resets as ALE starts an episode for a cartridge without a mode: a system reset, 60 frames of nothing, then the
    /// reset button held for two times four frames. The next frame is the first without it.
    /// </summary>
    public void Reset()
    {
        SystemReset();
        Hold(StickInput.None, StickInput.None, ConsoleSwitches.None, ResetNoopFrames);
        Hold(StickInput.None, StickInput.None, ConsoleSwitches.Reset, ResetButtonFrames);
        Hold(StickInput.None, StickInput.None, ConsoleSwitches.Reset, ResetButtonFrames);
    }

    /// <summary>
    /// Switches everything but the RAM off and on: chips and cartridge as at power-up, paddles in the middle. The
    /// random generator continues.
    /// </summary>
    public void SystemReset()
    {
        _ports.CentrePaddles();
        ResetChips();
    }

    /// <summary>
    /// Runs one frame: to the end of the frame that the cartridge makes, or to ALE's limit of 25,000 instructions.
    /// </summary>
    /// <param name="playerA">What the first player does during the frame.</param>
    /// <param name="playerB">What the second player does.</param>
    /// <param name="switches">Switches of the console.</param>
    /// <param name="draw">
    /// <see langword="false"/> where the picture is not needed: all else happens, collisions included, and the
    /// picture is left with whatever was in it.
    /// </param>
    public void Step(
        StickInput playerA,
        StickInput playerB = StickInput.None,
        ConsoleSwitches switches = ConsoleSwitches.None,
        bool draw = true)
    {
        _ports.Apply(playerA, playerB, switches);
        RunFrame(draw);
        CopyRamOverBus();
    }

    /// <summary>
    /// Runs several frames with the same input, as one call of ALE's does while it resets. It differs from as many
    /// steps only in what stays on the data bus between the frames.
    /// </summary>
    /// <param name="playerA">What the first player does.</param>
    /// <param name="playerB">What the second player does.</param>
    /// <param name="switches">Switches of the console.</param>
    /// <param name="frames">Number of frames.</param>
    public void Hold(StickInput playerA, StickInput playerB, ConsoleSwitches switches, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            _ports.Apply(playerA, playerB, switches);
            RunFrame(draw: true);
        }

        CopyRamOverBus();
    }

    /// <summary>Saves the state into a new snapshot.</summary>
    public ConsoleSnapshot Save()
    {
        var snapshot = new ConsoleSnapshot(_md5, ConsoleMemory.SavedSize(VisibleBytes));
        Save(snapshot);
        return snapshot;
    }

    /// <summary>Saves the state into a snapshot of this console, or of one like it, that is no longer needed.</summary>
    /// <exception cref="SnapshotException">The snapshot is of another cartridge or of other options.</exception>
    public void Save(ConsoleSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        CheckFits(snapshot);
        _memory.Save(snapshot.Content, VisibleBytes);
    }

    /// <summary>Goes back to a snapshot, random generator and pictures included.</summary>
    /// <exception cref="SnapshotException">
    /// The snapshot is of another cartridge or of other options, or holds what no console can have saved. The console
    /// is left as it was.
    /// </exception>
    public void Restore(ConsoleSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        CheckFits(snapshot);
        fixed (byte* content = snapshot.Content)
        {
            if (!StateCheck.IsSound((ConsoleState*)content, _cartridge, _memory.RomOffset))
            {
                throw new SnapshotException("The snapshot holds a state that no console can be in.");
            }
        }

        _memory.Restore(snapshot.Content, VisibleBytes);
        _tia.Sound?.StartAt(ScanLines);
    }

    /// <summary>Notes the state without its pictures; allocates nothing once the moment has been used.</summary>
    /// <param name="moment">Receives it.</param>
    public void Note(ConsoleMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        moment.Take(this, new ReadOnlySpan<byte>(_state, sizeof(ConsoleState)));
    }

    /// <summary>Goes back to a moment; the pictures stay as they are.</summary>
    /// <param name="moment">What this console noted.</param>
    /// <exception cref="SnapshotException">Another console noted it, or none.</exception>
    public void Return(ConsoleMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        moment.Give(this, new Span<byte>(_state, sizeof(ConsoleState)));
    }

    /// <summary>A second console with the same cartridge, options and state.</summary>
    public AtariConsole Clone()
    {
        var clone = new AtariConsole(_image, _options with { Format = Format, Height = _clock.Window.Height });
        clone.Restore(Save());
        return clone;
    }

    private void CheckFits(ConsoleSnapshot snapshot)
    {
        if (!snapshot.CartridgeMd5.AsSpan().SequenceEqual(_md5))
        {
            throw new SnapshotException(
                $"The snapshot is of cartridge {Convert.ToHexStringLower(snapshot.CartridgeMd5)}; "
                + $"the console holds {Md5}.");
        }

        var size = ConsoleMemory.SavedSize(VisibleBytes);
        if (snapshot.Content.Length != size)
        {
            throw new SnapshotException(
                $"The snapshot has {snapshot.Content.Length} bytes; "
                + $"a console with {_clock.Window.Height} lines has {size}.");
        }
    }

    private void PowerOn()
    {
        _state->Random.Seed(RandomSeed);
        _riot.PowerOn();
        _riot.Reset();
        Format = _options.Format ?? TelevisionFormat.Ntsc;
        if (_options.Format is null)
        {
            DetectFormat();
        }

        if (Format == TelevisionFormat.Pal && _options is { Height: DefaultHeight, GrowsForPal: true })
        {
            _clock.Window = _clock.Window with { Height = PalHeight };
        }

        ResetChips();
    }

    /// <summary>A format is PAL if most frames of a trial run have more lines than an NTSC frame can.</summary>
    private void DetectFormat()
    {
        ResetChips();
        _ports.Untouched(_options.DetectionSwitches);
        var palFrames = 0;
        for (var i = 0; i < DetectionFrames; i++)
        {
            RunFrame(draw: true);
            if (i >= DetectionIgnoredFrames && ScanLines > PalLines)
            {
                palFrames++;
            }
        }

        if (palFrames >= PalFrames)
        {
            Format = TelevisionFormat.Pal;
        }
    }

    /// <summary>ALE's order: RIOT, TIA, cartridge, processor. It matters, as two of them draw random numbers.</summary>
    private void ResetChips()
    {
        _state->Cpu.Cycles = 0;
        _riot.Reset();
        _tia.Reset();
        _clock.Reset(Format);
        _tia.Sound?.StartAt(0);
        _cartridge.Reset(&_state->Random);
        _cpu.Reset();
    }

    /// <summary>
    /// ALE reads the RAM over the bus when a call ends. Its last byte stays there, and a program that runs in the TIA's
    /// addresses can see it.
    /// </summary>
    private void CopyRamOverBus() => _state->Cpu.DataBus = _state->Riot.Ram[RamSize - 1];

    private void RunFrame(bool draw)
    {
        if (_state->Frame.Partial == 0)
        {
            var cycles = _state->Cpu.Cycles;
            _clock.StartFrame(cycles);
            _riot.RebaseCycles(cycles);
            _cartridge.RebaseCycles(cycles);
            _state->Cpu.Cycles = 0;
            _tia.Sound?.StartAt(0);
        }

        _tia.Sound?.Clear();
        _tia.Drawing = draw;
        _state->Frame.Ended = 0;
        _cpu.Run(InstructionsPerStep);
        _tia.Flush();
        _tia.Sound?.AdvanceTo(ScanLines);

        if (_state->Frame.Ended != 0)
        {
            _state->Frame.Partial = 0;
            _state->Frame.Greyed = 0;
            _state->Frame.LastFrameLines = _clock.Lines(_state->Cpu.Cycles);
        }
        else
        {
            _state->Frame.Partial = 1;
            _clock.GreyRest(_state->Cpu.Cycles, draw);
        }

        // The chips hold pointers into the memory, which the garbage collector does not see.
        _memory.KeepAlive();
    }
}
