using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;

namespace DqnAspire.Atari2600.Tests.Differential;

/// <summary>
/// Cartridges made up from a seed: programs that synchronise, wait for the timer, count lines and otherwise do random
/// things to random registers; or plain noise, through which a processor runs wild. Console properties come with them.
/// </summary>
internal sealed class RandomCartridge
{
    private const int BankSize = 4096;

    /// <summary>Bytes at the start of a bank that are left alone: where a Superchip has its RAM.</summary>
    private const int ReservedStart = 0x100;

    private const int ReservedEnd = 64;

    private static readonly int[] Sizes = [2048, 4096, 4096, 4096, 8192, 8192, 16384, 32768, 12288, 10240];

    private static readonly int[] VisibleRegisters =
    [
        0x00, 0x01, 0x02, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F,
        0x10, 0x11, 0x12, 0x13, 0x14, 0x17, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F,
        0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2A, 0x2B, 0x2C,
    ];

    private static readonly int[] ImpliedOpcodes =
        [0xEA, 0x18, 0x38, 0xE8, 0xCA, 0x8A, 0xAA, 0x0A, 0x4A, 0x2A, 0x6A, 0x98, 0xF8, 0xD8, 0x48, 0x68, 0x08, 0x28];

    private readonly Random _random;

    public RandomCartridge(int seed)
    {
        _random = new Random(seed);
        Image = new byte[Sizes[_random.Next(Sizes.Length)]];
        _random.NextBytes(Image);
        if (_random.Next(8) != 0)
        {
            var size = Math.Min(Image.Length, BankSize);
            for (var bank = 0; bank < (Image.Length == 10240 ? 2 : Image.Length / size); bank++)
            {
                WriteProgram(Image.AsSpan(bank * size, size));
            }
        }

        Options = new ConsoleOptions
        {
            LeftController = OneIn(3) ? ControllerType.Paddles : ControllerType.Joystick,
            RightController = OneIn(5) ? ControllerType.Paddles : ControllerType.Joystick,
            SwapPorts = OneIn(5),
            SwapPaddles = OneIn(5),
            HmoveBlanks = !OneIn(6),
            FirstLine = OneIn(4) ? _random.Next(20, 50) : 34,
            Height = OneIn(4) ? _random.Next(200, 250) : 210,
            Format = OneIn(6) ? TelevisionFormat.Pal : null,
        };
    }

    public byte[] Image { get; }

    public ConsoleOptions Options { get; }

    private bool OneIn(int count) => _random.Next(count) == 0;

    private void WriteProgram(Span<byte> bank)
    {
        var at = bank.Length == BankSize ? ReservedStart : 0;
        if (bank.Length == BankSize && OneIn(3))
        {
            bank[..ReservedStart].Fill(0xFF);
        }

        var origin = 0x10000 - bank.Length;
        var start = origin + at;
        Emit(bank, ref at, 0xA2, 0xFF, 0x9A); // LDX #$FF; TXS
        var frame = origin + at;

        // Three lines of VSYNC.
        Emit(bank, ref at, 0xA9, 0x02, 0x85, 0x00, 0x85, 0x02, 0x85, 0x02, 0x85, 0x02, 0xA9, 0x00, 0x85, 0x00);
        WaitForTimer(bank, ref at, 0x96, _random.Next(20, 60));
        var loops = _random.Next(1, 5);
        var longest = _random.Next(3, 30);
        for (var i = 0; i < loops; i++)
        {
            Emit(bank, ref at, 0xA0, _random.Next(5, 100)); // LDY #
            var loop = origin + at;
            if (!OneIn(4))
            {
                Emit(bank, ref at, 0x85, 0x02); // STA WSYNC
            }

            RandomInstructions(bank, ref at, _random.Next(1, longest));
            Emit(bank, ref at, 0x88, 0xF0, 0x03, 0x4C, loop & 0xFF, loop >> 8); // DEY; BEQ +3; JMP loop
        }

        WaitForTimer(bank, ref at, _random.Next(0x94, 0x98), _random.Next(5, 40));
        if (OneIn(3))
        {
            Emit(bank, ref at, 0x2C, 0x85, 0x02, 0x10, 0xFB); // BIT TIMINT; BPL
        }

        Emit(bank, ref at, 0x4C, frame & 0xFF, frame >> 8);
        (bank[^4], bank[^3]) = ((byte)start, (byte)(start >> 8));
        (bank[^2], bank[^1]) = ((byte)frame, (byte)(frame >> 8));
    }

    private void WaitForTimer(Span<byte> bank, ref int at, int timer, int value)
    {
        if (OneIn(2))
        {
            Emit(bank, ref at, 0xA9, value, 0x8D, timer, 0x02); // LDA #; STA TIMxT
            RandomInstructions(bank, ref at, _random.Next(10));
            Emit(bank, ref at, 0xAD, 0x84, 0x02, OneIn(2) ? 0xD0 : 0x10, 0xFB); // LDA INTIM; BNE or BPL
        }
    }

    private void RandomInstructions(Span<byte> bank, ref int at, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var tia = VisibleRegisters[_random.Next(VisibleRegisters.Length)];
            var ram = 0x80 + _random.Next(0x60);
            switch (_random.Next(28))
            {
                case 0 or 1:
                    Emit(bank, ref at, 0xA9, _random.Next(256)); // LDA #
                    break;
                case 2:
                    Emit(bank, ref at, 0xA2, _random.Next(256)); // LDX #
                    break;
                case 3:
                    Emit(bank, ref at, 0xA5, ram, 0x45, _random.Next(0x80, 0xE0), 0x85, ram); // LDA; EOR; STA
                    break;
                case 4:
                    Emit(bank, ref at, 0xE6, ram); // INC
                    break;
                case >= 5 and < 12:
                    Emit(bank, ref at, 0x85, tia); // STA
                    break;
                case 12:
                    Emit(bank, ref at, 0x86, tia); // STX
                    break;
                case 13:
                    Emit(bank, ref at, 0x84, tia); // STY
                    break;
                case 14:
                    Emit(bank, ref at, 0xA5, _random.Next(16), 0x85, ram); // LDA CXxx or INPTx; STA
                    break;
                case 15:
                    Emit(bank, ref at, 0x95, _random.Next(256)); // STA nn,X
                    break;
                case 16 or 17:
                    Emit(bank, ref at, ImpliedOpcodes[_random.Next(ImpliedOpcodes.Length)]);
                    break;
                case 18:
                    Emit(bank, ref at, OneIn(2) ? 0x69 : 0xE9, _random.Next(256)); // ADC or SBC #
                    break;
                case 19:
                    Emit(bank, ref at, 0xAD, _random.Next(0x80, 0x88), 0x02, 0x85, ram); // LDA RIOT; STA
                    break;
                case 20:
                    Emit(bank, ref at, 0x10 + (0x20 * _random.Next(8)), _random.Next(4)); // branch
                    break;
                case 21:
                    // LDA nnnn,X or Y
                    Emit(bank, ref at, OneIn(2) ? 0xBD : 0xB9, _random.Next(256), _random.Next(0xF0, 0x100));
                    break;
                case 22:
                    Emit(bank, ref at, 0xB1, ram); // LDA (nn),Y
                    break;
                case 23:
                    Emit(bank, ref at, _random.Next(256), _random.Next(256), _random.Next(0xF0, 0x100)); // anything
                    break;
                case 24:
                    // LDX #; DEX; BNE or BPL
                    Emit(bank, ref at, 0xA2, _random.Next(1, 20), 0xCA, OneIn(2) ? 0xD0 : 0x10, 0xFD);
                    break;
                case 25:
                    Emit(bank, ref at, 0xA0, _random.Next(1, 20), 0x88, 0xD0, 0xFD); // LDY #; DEY; BNE
                    break;
                default:
                    Emit(bank, ref at, 0xAD, 0xF0 + _random.Next(12), 0x1F); // LDA near the hot spots
                    break;
            }
        }
    }

    private static void Emit(Span<byte> bank, ref int at, params ReadOnlySpan<int> bytes)
    {
        foreach (var value in bytes)
        {
            if (at < bank.Length - ReservedEnd)
            {
                bank[at++] = (byte)value;
            }
        }
    }
}
