using System.Runtime.CompilerServices;

namespace DqnAspire.AtariTraces.Tests;

/// <summary>
/// <c>TRANSLATION_THRESHOLD</c> sets how often a place must be reached before it is translated; with 1 nearly all that
/// the tests run is translated code.
/// </summary>
internal static class TranslationThreshold
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("TRANSLATION_THRESHOLD"), out var threshold))
        {
            AppContext.SetData("DqnAspire.Atari2600.TranslationThreshold", threshold);
        }
    }
}
