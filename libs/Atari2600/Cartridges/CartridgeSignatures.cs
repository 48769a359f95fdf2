namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// What gives a scheme away inside an image. The instructions that the known games of a scheme switch banks with are
/// those that ALE looks for, and the search has its two oddities.
/// </summary>
internal static class CartridgeSignatures
{
    private const int BankSize = 4096;
    private const int SuperchipSize = 256;
    private const int E7RamStart = 0x3800;
    private const int E7RamEnd = 0x3A00;
    private const int E7Surroundings = 32;

    /// <summary>The part of each bank that RAM would hide is filled with a single value.</summary>
    public static bool HasSuperchip(ReadOnlySpan<byte> image)
    {
        for (var bank = 0; bank < image.Length; bank += BankSize)
        {
            if (!IsUniform(image.Slice(bank, SuperchipSize)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The second half repeats the first.</summary>
    public static bool HasEqualHalves(ReadOnlySpan<byte> image)
    {
        var half = image.Length / 2;
        return image[..half].SequenceEqual(image[half..]);
    }

    /// <summary>
    /// The part of the last slice that RAM would hide is filled with a single value, and not just as a part of a
    /// longer gap.
    /// </summary>
    public static bool HasE7Ram(ReadOnlySpan<byte> image) =>
        IsUniform(image[E7RamStart..E7RamEnd])
        && !IsUniform(image[(E7RamStart - E7Surroundings)..(E7RamEnd + E7Surroundings)]);

    public static bool HasE0(ReadOnlySpan<byte> image) =>
        Has(image, [0x8D, 0xE0, 0x1F]) // STA $1FE0
        || Has(image, [0x8D, 0xE0, 0x5F]) // STA $5FE0
        || Has(image, [0x8D, 0xE9, 0xFF]) // STA $FFE9
        || Has(image, [0xAD, 0xE9, 0xFF]) // LDA $FFE9
        || Has(image, [0xAD, 0xED, 0xFF]) // LDA $FFED
        || Has(image, [0xAD, 0xF3, 0xBF]); // LDA $BFF3

    public static bool Has3E(ReadOnlySpan<byte> image) => Has(image, [0x85, 0x3E, 0xA9, 0x00]); // STA $3E, LDA #0

    public static bool Has3F(ReadOnlySpan<byte> image) => Has(image, [0x85, 0x3F], hits: 2); // STA $3F

    public static bool HasUA(ReadOnlySpan<byte> image) => Has(image, [0x8D, 0x40, 0x02]); // STA $0240

    public static bool HasFE(ReadOnlySpan<byte> image) =>
        Has(image, [0x20, 0x00, 0xD0, 0xC6, 0xC5]) // JSR $D000, DEC $C5
        || Has(image, [0x20, 0xC3, 0xF8, 0xA5, 0x82]) // JSR $F8C3, LDA $82
        || Has(image, [0xD0, 0xFB, 0x20, 0x73, 0xFE]) // BNE *-3, JSR $FE73
        || Has(image, [0x20, 0x00, 0xF0, 0x84, 0xD6]); // JSR $F000, STY $D6

    public static bool HasCV(ReadOnlySpan<byte> image) =>
        Has(image, [0x9D, 0xFF, 0xF3]) // STA $F3FF,X
        || Has(image, [0x99, 0x00, 0xF4]); // STA $F400,Y

    private static bool IsUniform(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept(bytes[0]);

    private static bool Has(ReadOnlySpan<byte> image, ReadOnlySpan<byte> signature, int hits = 1)
    {
        // ALE: the image's last place for a signature is not tried, and after a hit one more byte is left out.
        for (var i = 0; i < image.Length - signature.Length; i++)
        {
            if (image[i..].StartsWith(signature))
            {
                hits--;
                if (hits == 0)
                {
                    return true;
                }

                i += signature.Length;
            }
        }

        return false;
    }
}
