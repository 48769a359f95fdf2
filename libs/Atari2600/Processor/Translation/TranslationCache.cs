using System.Runtime.CompilerServices;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Finds the translated code of a cartridge that another console of the process holds too. Code that no console uses
/// any more is collected with the last of them.
/// </summary>
internal static class TranslationCache
{
    /// <summary>Name of the runtime setting that replaces <see cref="DefaultThreshold"/>; it serves tests.</summary>
    private const string ThresholdSetting = "DqnAspire.Atari2600.TranslationThreshold";

    /// <summary>Arrivals at a place before it is translated: some frames of a game, more than its start-up takes.</summary>
    private const int DefaultThreshold = 2000;

    private static readonly Dictionary<string, WeakReference<TranslatedProgram>> s_programs = [];
    private static readonly Lock s_gate = new();

    /// <summary>Whether the runtime compiles code that is made while it runs.</summary>
    public static bool IsSupported => RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>The program of a ROM, which <paramref name="key"/> identifies together with its board.</summary>
    public static TranslatedProgram For(string key, ReadOnlySpan<byte> rom)
    {
        lock (s_gate)
        {
            if (s_programs.TryGetValue(key, out WeakReference<TranslatedProgram>? reference)
                && reference.TryGetTarget(out TranslatedProgram? program))
            {
                return program;
            }

            foreach ((string old, WeakReference<TranslatedProgram> unused) in s_programs.ToArray())
            {
                if (!unused.TryGetTarget(out _))
                {
                    s_programs.Remove(old);
                }
            }

            int threshold = AppContext.GetData(ThresholdSetting) as int? ?? DefaultThreshold;
            program = new TranslatedProgram(rom.ToArray(), threshold);
            s_programs[key] = new WeakReference<TranslatedProgram>(program);
            return program;
        }
    }
}
