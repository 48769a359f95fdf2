namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// Finds a cartridge's scheme from its image as ALE does: a few images by checksum, the others by size, then by
/// content.
/// </summary>
public static class CartridgeDetector
{
    /// <summary>Tapes of the Supercharger come in loads of this many bytes.</summary>
    private const int TapeLoadSize = 8448;

    private static readonly Rule Superchip8K = new(
        "F8SC", "each bank starts with 256 equal bytes", CartridgeSignatures.HasSuperchip, CartridgeScheme.F8Superchip);
    private static readonly Rule Superchip16K =
        Superchip8K with { Name = "F6SC", Scheme = CartridgeScheme.F6Superchip };
    private static readonly Rule Superchip32K =
        Superchip8K with { Name = "F4SC", Scheme = CartridgeScheme.F4Superchip };
    private static readonly Rule Halves2K = new(
        "2K", "both halves are equal", CartridgeSignatures.HasEqualHalves, CartridgeScheme.Rom2K);
    private static readonly Rule Halves4K = Halves2K with { Name = "4K", Scheme = CartridgeScheme.Rom4K };
    private static readonly Rule CV = new(
        "CV", "STA $F3FF,X or STA $F400,Y occurs", CartridgeSignatures.HasCV, CartridgeScheme.CV);
    private static readonly Rule E0 = new(
        "E0", "STA or LDA of one of E0's hot spots occurs", CartridgeSignatures.HasE0, CartridgeScheme.E0);
    private static readonly Rule E7 = new(
        "E7", "$3800-$39FF is filled with one value", CartridgeSignatures.HasE7Ram, CartridgeScheme.E7);
    private static readonly Rule FE = new(
        "FE", "a JSR of FE's known games occurs", CartridgeSignatures.HasFE, CartridgeScheme.FE);
    private static readonly Rule UA = new("UA", "STA $0240 occurs", CartridgeSignatures.HasUA, CartridgeScheme.UA);
    private static readonly Rule Bank3E = new(
        "3E", "STA $3E with LDA #0 occurs", CartridgeSignatures.Has3E, Scheme: null);

    // ALE takes images of other sizes too, and then reads past their end.
    private static readonly Rule Bank3F = new(
        "3F",
        "STA $3F occurs twice in banks of 2048 bytes",
        image => image.Length % Tigervision3F.SliceSize == 0 && CartridgeSignatures.Has3F(image),
        CartridgeScheme.Tigervision3F);

    private static readonly Rule[] UnknownSize = [Bank3E, Bank3F];

    private static readonly Dictionary<int, Rule[]> RulesBySize = new()
    {
        [2048] = [CV, BySize("2K", CartridgeScheme.Rom2K)],
        [4096] = [CV, Halves2K, BySize("4K", CartridgeScheme.Rom4K)],
        [8192] = [Superchip8K, Halves4K, E0, Bank3E, Bank3F, UA, FE, BySize("F8", CartridgeScheme.F8)],
        [10240] = [BySize("DPC", CartridgeScheme.Dpc)],
        [10495] = [BySize("DPC", CartridgeScheme.Dpc)],
        [10496] = [BySize("DPC", CartridgeScheme.Dpc)],
        [12288] = [BySize("FASC", CartridgeScheme.FA)],
        [16384] = [Superchip16K, E7, Bank3E, Bank3F, BySize("F6", CartridgeScheme.F6)],
        [32768] = [Superchip32K, Bank3E, Bank3F, BySize("F4", CartridgeScheme.F4)],
        [65536] = [Bank3E, Bank3F, BySize("MB", scheme: null)],
        [131072] = [Bank3E, Bank3F, BySize("MC", scheme: null)],
    };

    private static readonly Rule[] Tape = [BySize("AR", scheme: null)];

    private delegate bool SignTest(ReadOnlySpan<byte> image);

    /// <summary>Finds the scheme of an image.</summary>
    /// <param name="image">The whole file.</param>
    /// <exception cref="CartridgeException">
    /// Nothing fits, or what fits (AR, 3E, MB, MC) is a scheme that this console does not have.
    /// </exception>
    public static CartridgeDetection Detect(ReadOnlySpan<byte> image)
    {
        if (image.IsEmpty)
        {
            throw new CartridgeException("The cartridge's image is empty (0 bytes).");
        }

        return KnownCartridges.Find(image) ?? DetectByContent(image);
    }

    private static CartridgeDetection DetectByContent(ReadOnlySpan<byte> image)
    {
        var tried = new List<Rule>();
        foreach (var rule in RulesFor(image.Length))
        {
            if (rule.Holds(image))
            {
                return new CartridgeDetection(
                    rule.Scheme ?? throw NotSupported(image.Length, rule, tried),
                    $"{rule.Name}: {image.Length} bytes, {rule.Sign}");
            }

            tried.Add(rule);
        }

        throw new CartridgeException(
            $"An image of {image.Length} bytes is no cartridge that is known: " +
            $"the size is none of {string.Join(", ", RulesBySize.Keys)} or a multiple of {TapeLoadSize}, " +
            $"and no other sign was found ({Describe(tried)}).");
    }

    private static Rule[] RulesFor(int size) =>
        size % TapeLoadSize == 0 ? Tape : RulesBySize.GetValueOrDefault(size, UnknownSize);

    private static Rule BySize(string name, CartridgeScheme? scheme) =>
        new(name, "the usual scheme for this size", _ => true, scheme);

    private static CartridgeException NotSupported(int size, Rule rule, List<Rule> tried)
    {
        var before = tried.Count == 0 ? "" : $" Tried before: {Describe(tried)}.";
        return new CartridgeException(
            $"An image of {size} bytes is a cartridge of scheme {rule.Name} ({rule.Sign}), "
            + $"which is not supported.{before}");
    }

    private static string Describe(List<Rule> rules) =>
        string.Join("; ", rules.Select(rule => $"{rule.Name}: {rule.Sign}"));

    /// <summary>
    /// A scheme and the sign it is known by; without <paramref name="Scheme"/> one that there is no board for.
    /// </summary>
    private sealed record Rule(string Name, string Sign, SignTest Holds, CartridgeScheme? Scheme);
}
