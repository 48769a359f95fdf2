using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Machines;

/// <summary>Puts small programs together, from bus address $F000 on.</summary>
internal sealed class Assembler
{
    private const int Base = 0xF000;
    private const int ResetVector = 0xFFC;

    private readonly byte[] _image = new byte[4096];
    private int _offset;

    public Assembler()
    {
        _image[ResetVector] = Base & 0xFF;
        _image[ResetVector + 1] = Base >> 8;
    }

    /// <summary>Address of the next instruction.</summary>
    public int Here => Base + _offset;

    /// <summary>The image of a 4K cartridge that starts with the first instruction.</summary>
    public byte[] Image => [.. _image];

    /// <summary>Any instruction or data.</summary>
    public Assembler Bytes(params ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_image.AsSpan(_offset));
        _offset += bytes.Length;
        return this;
    }

    public Assembler Lda(int value) => Bytes(0xA9, (byte)value);

    public Assembler Ldx(int value) => Bytes(0xA2, (byte)value);

    public Assembler LdaAt(int address) => Bytes(0xAD, (byte)address, (byte)(address >> 8));

    public Assembler Sta(int zeroPage) => Bytes(0x85, (byte)zeroPage);

    public Assembler Sta(WriteRegister register) => Sta((int)register);

    public Assembler Set(WriteRegister register, int value) => Lda(value).Sta(register);

    public Assembler Wait(int lines = 1)
    {
        for (var i = 0; i < lines; i++)
        {
            Sta(WriteRegister.WSYNC);
        }

        return this;
    }

    /// <summary>Waits for the ends of up to 510 lines, counting with X.</summary>
    public Assembler WaitLines(int lines)
    {
        for (var left = lines; left > 0; left -= 255)
        {
            Ldx(Math.Min(left, 255));
            var loop = Here;
            Wait().Bytes(0xCA).Branch(0xD0, loop);
        }

        return this;
    }

    public Assembler Inc(int zeroPage) => Bytes(0xE6, (byte)zeroPage);

    public Assembler Jmp(int address) => Bytes(0x4C, (byte)address, (byte)(address >> 8));

    /// <summary>A branch back to an address.</summary>
    public Assembler Branch(byte opcode, int target) => Bytes(opcode, (byte)(target - Here - 2));

    /// <summary>Three lines of vertical sync; its end is the end of a frame.</summary>
    public Assembler VerticalSync() => Set(WriteRegister.VSYNC, 2).Wait(3).Set(WriteRegister.VSYNC, 0);
}
