using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Runs translated code from the program counter in the state on. Takes and returns how many instructions may still be
/// executed; the complement of that number says that the interpreter has to execute the next one.
/// </summary>
internal delegate int TranslatedCode(CodeContext context, int left);

/// <summary>Code that was translated in one piece.</summary>
/// <param name="Code">The code. It must not be called in decimal mode.</param>
/// <param name="BaseAddress">16-bit address of the run's first byte in the program that was translated.</param>
/// <param name="Run">The run of memory that it was translated from; it holds only where the same run is mapped.</param>
/// <param name="Instructions">
/// Number of instructions translated: the code may execute so many before it looks at the instruction limit.
/// </param>
/// <param name="Entries">Addresses at which it can be entered.</param>
internal sealed record TranslatedRegion(
    TranslatedCode Code, int BaseAddress, CodeRun Run, int Instructions, IReadOnlyList<int> Entries)
{
    /// <summary>Whether the code is what the processor would execute next.</summary>
    public unsafe bool Fits(CodeRun* run, int pc, int left) =>
        left >= Instructions
        && (pc & ~0x1FFF) == (BaseAddress & ~0x1FFF)
        && run->First == Run.First && run->Length == Run.Length && run->Offset == Run.Offset;
}
