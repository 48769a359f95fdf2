namespace DqnAspire.Atari2600.Tests.Differential;

/// <summary>
/// A 4 KiB program made up from a seed whose frames call subroutines of random instructions: every documented opcode
/// but those that stop or restart the program, and some that are not documented, mostly on RAM.
/// </summary>
internal static class RandomSubroutines
{
    private const int Subroutines = 12;
    private const int SubroutineSize = 0x100;
    private const int Origin = 0xF000;

    /// <summary>
    /// Opcodes without an operand; among them SED, PHP, PLP and stack instructions that do not balance.
    /// </summary>
    private static readonly int[] Implied =
    [
        0xEA, 0x18, 0x38, 0xE8, 0xCA, 0xC8, 0x88, 0x8A, 0xAA, 0x98, 0xA8, 0x0A, 0x4A, 0x2A, 0x6A, 0xB8, 0xF8, 0xD8,
        0x58, 0x78, 0xBA, 0x1A, 0xD8, 0xD8,
    ];

    private static readonly int[] Immediate =
        [0xA9, 0xA2, 0xA0, 0x69, 0xE9, 0x29, 0x09, 0x49, 0xC9, 0xE0, 0xC0, 0x80, 0x0B, 0x4B, 0xCB];

    private static readonly int[] ZeroPage =
    [
        0xA5, 0xA6, 0xA4, 0xA7, 0x85, 0x86, 0x84, 0x87, 0x65, 0xE5, 0x25, 0x05, 0x45, 0x24, 0xC5, 0xE4, 0xC4, 0xE6,
        0xC6, 0x06, 0x46, 0x26, 0x66, 0xC7, 0x04, 0xE7, 0x07,
    ];

    private static readonly int[] ZeroPageIndexed =
    [
        0xB5, 0xB6, 0xB4, 0xB7, 0x95, 0x96, 0x94, 0x97, 0x75, 0xF5, 0x35, 0x15, 0x55, 0xD5, 0xF6, 0xD6, 0x16, 0x56,
        0x36, 0x76, 0xD7, 0x14,
    ];

    private static readonly int[] Indirect =
        [0xA1, 0xB1, 0x81, 0x91, 0x61, 0x71, 0xE1, 0xF1, 0x21, 0x31, 0x01, 0x11, 0x41, 0x51, 0xC1, 0xD1, 0xA3, 0xB3,
        0x83];

    private static readonly int[] Absolute =
    [
        0xAD, 0xAE, 0xAC, 0xAF, 0x8D, 0x8E, 0x8C, 0x8F, 0x6D, 0xED, 0x2D, 0x0D, 0x4D, 0x2C, 0xCD, 0xEC, 0xCC, 0xEE,
        0xCE, 0x0E, 0x4E, 0x2E, 0x6E, 0xCF, 0x0C,
    ];

    private static readonly int[] AbsoluteIndexed =
    [
        0xB9, 0xBD, 0xBE, 0xBC, 0xBF, 0x99, 0x9D, 0x79, 0x7D, 0xF9, 0xFD, 0x39, 0x3D, 0x19, 0x1D, 0x59, 0x5D, 0xD9,
        0xDD, 0xFE, 0xDE, 0x1E, 0x5E, 0x3E, 0x7E,
    ];

    public static byte[] Create(int seed)
    {
        var random = new Random(seed);
        var image = new byte[4096];
        random.NextBytes(image);
        for (var i = 0; i < Subroutines; i++)
        {
            WriteSubroutine(image.AsSpan((i + 2) * SubroutineSize, SubroutineSize), i, random);
        }

        // The frame: pointers into the ROM for (nn),Y, three lines of VSYNC, then calls.
        var code = new List<int> { 0xA2, random.Next(8) == 0 ? 0x82 : 0xFF, 0x9A, 0xD8 };
        var frame = Origin + code.Count;
        code.AddRange([0xA9, 0x02, 0x85, 0x00, 0x85, 0x02, 0x85, 0x02, 0x85, 0x02, 0xA9, 0x00, 0x85, 0x00]);
        for (var i = 0; i < 40; i++)
        {
            code.AddRange(random.Next(4) == 0
                ? [0xA9, random.Next(0xF0, 0x100), 0x85, 0x80 + random.Next(0x60)]
                : [0x20, 0x00, (Origin >> 8) + 2 + random.Next(Subroutines)]);
        }

        code.AddRange([0x4C, frame & 0xFF, frame >> 8]);
        code.Select(value => (byte)value).ToArray().CopyTo(image, 0);
        (image[^4], image[^3]) = (0x00, Origin >> 8);
        (image[^2], image[^1]) = (0x00, Origin >> 8);
        return image;
    }

    /// <summary>A subroutine calls only those behind it, so that calls end.</summary>
    private static void WriteSubroutine(Span<byte> code, int number, Random random)
    {
        var at = 0;
        while (at < SubroutineSize - 24)
        {
            var ram = 0x80 + random.Next(0x60);
            var page = random.Next(3) == 0 ? random.Next(0x10000) : random.Next(0xF000, 0xFF00);
            var any = random.Next(6) == 0 ? random.Next(256) : ram;
            ReadOnlySpan<int> bytes = random.Next(14) switch
            {
                0 or 1 => [Pick(Implied)],
                2 => [Pick(Immediate), random.Next(256)],
                3 or 4 => [Pick(ZeroPage), any],
                5 => [Pick(ZeroPageIndexed), random.Next(256)],
                6 => [Pick(Indirect), any],
                7 => [Pick(Absolute), random.Next(256), random.Next(3) == 0 ? page >> 8 : 0],
                8 or 9 => [Pick(AbsoluteIndexed), page & 0xFF, page >> 8],
                10 => [0x10 + (0x20 * random.Next(8)), random.Next(6)],
                11 => [0x48, Pick(Implied), 0x68],
                12 => [0xA2, random.Next(1, 12), 0xB5, ram, 0xCA, 0xD0, 0xFB],
                _ when number + 1 < Subroutines && random.Next(6) == 0 =>
                    [0x20, 0x00, (Origin >> 8) + 2 + random.Next(number + 1, Subroutines)],
                _ => [0x08, 0x28],
            };
            foreach (var value in bytes)
            {
                code[at++] = (byte)value;
            }
        }

        code[at..].Fill(0xEA);
        code[^1] = 0x60;

        int Pick(int[] opcodes) => opcodes[random.Next(opcodes.Length)];
    }
}
