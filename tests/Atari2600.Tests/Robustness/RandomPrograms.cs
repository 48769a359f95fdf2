using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Robustness;

/// <summary>Cartridges that nobody would write.</summary>
internal static class RandomPrograms
{
    /// <summary>Random bytes with a reset vector into the cartridge.</summary>
    public static byte[] Noise(Random random, int size)
    {
        var image = new byte[size];
        random.NextBytes(image);
        for (var end = image.Length; end > 0; end -= Math.Min(image.Length, 4096))
        {
            image[end - 3] |= 0x10;
        }

        return image;
    }

    /// <summary>
    /// As <see cref="Noise"/>, without the opcodes that stop the processor and with many accesses to chips.
    /// </summary>
    public static byte[] LivelyNoise(Random random, int size)
    {
        var image = Noise(random, size);
        for (var i = 0; i < image.Length; i++)
        {
            if ((image[i] & 0x1F) == 0x12 || image[i] is 0x02 or 0x22 or 0x42 or 0x62)
            {
                image[i] = 0xEA;
            }
        }

        for (var i = 0; i + 3 < image.Length - 16; i += random.Next(2, 12))
        {
            byte[] access = random.Next(4) switch
            {
                0 => [0x85, (byte)random.Next(0x2D)], // STA to the TIA
                1 => [0xA5, (byte)random.Next(0x10)], // LDA from the TIA
                2 => [0x8D, (byte)random.Next(0x80, 0x98), 0x02], // STA to the RIOT
                _ => [0xAD, (byte)random.Next(0x80, 0x88), 0x02], // LDA from the RIOT
            };
            access.CopyTo(image, i);
        }

        return image;
    }

    /// <summary>
    /// A program that makes frames of random lengths and between the vertical syncs does random things to TIA, RIOT and
    /// RAM at random times, among them waiting loops.
    /// </summary>
    public static byte[] Kernel(Random random)
    {
        var assembler = new Assembler();
        var start = assembler.Here;
        for (var frame = 0; frame < 4; frame++)
        {
            assembler.VerticalSync();
            for (var deed = 0; deed < 110; deed++)
            {
                Act(assembler, random);
            }
        }

        return assembler.Jmp(start).Image;
    }

    private static void Act(Assembler assembler, Random random)
    {
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                // Any register but VSYNC, which would make short frames only.
                assembler.Set((WriteRegister)random.Next(0x03, 0x2D), random.Next(256));
                break;
            case 3:
                assembler.Bytes(0xA5, (byte)random.Next(0x80, 0x100)).Sta(random.Next(0x04, 0x2D));
                break;
            case 4:
                assembler.Bytes(0xA5, (byte)random.Next(0x10), 0x65, (byte)random.Next(0x80, 0x100))
                    .Sta(random.Next(0x80, 0x100));
                break;
            case 5:
                assembler.Inc(random.Next(0x80, 0x100));
                break;
            case 6:
                assembler.WaitLines(random.Next(1, 8));
                break;
            case 7:
                // Counting down with X or Y.
                var useX = random.Next(2) == 0;
                assembler.Bytes(useX ? (byte)0xA2 : (byte)0xA0, (byte)random.Next(1, 20));
                var loop = assembler.Here;
                assembler.Bytes(useX ? (byte)0xCA : (byte)0x88)
                    .Branch(random.Next(2) == 0 ? (byte)0xD0 : (byte)0x10, loop);
                break;
            case 8:
                // Setting the timer and waiting for it.
                assembler.Lda(random.Next(1, 10)).Bytes(0x8D, (byte)random.Next(0x94, 0x97), 0x02);
                var poll = assembler.Here;
                assembler.LdaAt(0x0284).Branch(0xD0, poll);
                break;
            default:
                assembler.LdaAt(random.Next(0x0280, 0x0288)).Sta(random.Next(0x80, 0x100));
                break;
        }
    }
}
