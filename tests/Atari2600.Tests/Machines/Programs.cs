using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Machines;

/// <summary>Cartridges for tests of the whole console.</summary>
internal static class Programs
{
    /// <summary>Does nothing for ever, without a frame.</summary>
    public static byte[] Idle
    {
        get
        {
            var assembler = new Assembler();
            return assembler.Jmp(assembler.Here).Image;
        }
    }

    /// <summary>
    /// Frames of the given numbers of lines in turn, in front of a background. $80 counts the frames, $81 those in
    /// which the reset button is held.
    /// </summary>
    public static byte[] Frames(int background, params ReadOnlySpan<int> lines)
    {
        var assembler = new Assembler();
        assembler.Set(WriteRegister.COLUBK, background);
        var loop = assembler.Here;
        foreach (var count in lines)
        {
            assembler.Inc(0x80)
                .LdaAt(0x0282).Bytes(0x4A, 0xB0, 0x02).Inc(0x81) // LSR, BCS over the INC
                .Set(WriteRegister.COLUBK, background)
                .VerticalSync()
                .WaitLines(count - 3);
        }

        return assembler.Jmp(loop).Image;
    }
}
