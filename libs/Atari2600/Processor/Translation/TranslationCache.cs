using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Finds the translated code of a cartridge that another console of the process holds too. Code that no console uses
/// any more is collected with the last of them.
/// </summary>
internal static class TranslationCache
{
    /// <summary>Name of the runtime setting that replaces <see cref="DefaultThreshold"/>; it serves tests.</summary>
    private const string ThresholdSetting = "DqnAspire.Atari2600.TranslationThreshold";

    /// <summary>
    /// Arrivals at a place before it is translated: some frames of a game, more than its start-up takes.
    /// </summary>
    private const int DefaultThreshold = 2000;

    private static readonly Dictionary<Key, WeakReference<TranslatedProgram>> Programs = [];

    /// <summary>Guards <see cref="Programs"/>.</summary>
    private static readonly Lock Gate = new();

    /// <summary>Whether the runtime compiles code that is made while it runs.</summary>
    public static bool IsSupported => RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>Arrivals at a place before it is translated.</summary>
    public static int Threshold { get; } = AppContext.GetData(ThresholdSetting) as int? ?? DefaultThreshold;

    /// <summary>The program of a ROM, made where no console uses it yet.</summary>
    /// <param name="md5">MD5 of the image.</param>
    /// <param name="scheme">Its board.</param>
    /// <param name="threshold">Arrivals at a place before it is translated.</param>
    /// <param name="rom">The ROM as the board sees it.</param>
    public static TranslatedProgram For(string md5, CartridgeScheme scheme, int threshold, ReadOnlySpan<byte> rom)
    {
        var key = new Key(md5, scheme, threshold);
        lock (Gate)
        {
            if (Programs.TryGetValue(key, out var reference)
                && reference.TryGetTarget(out var program))
            {
                return program;
            }

            foreach ((var old, var unused) in Programs.ToArray())
            {
                if (!unused.TryGetTarget(out _))
                {
                    Programs.Remove(old);
                }
            }

            program = new TranslatedProgram(rom.ToArray(), threshold);
            Programs[key] = new WeakReference<TranslatedProgram>(program);
            return program;
        }
    }

    private readonly record struct Key(string Md5, CartridgeScheme Scheme, int Threshold);
}
