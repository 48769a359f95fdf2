using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>All variables of a rule, compiled: evaluates them in order for a frame and then stores them all.</summary>
/// <param name="ram">The console's RAM, at least <see cref="IGameMemory.RamSize"/> bytes.</param>
/// <param name="memory">For reads over the bus.</param>
/// <param name="values">The variables' values: of the previous frame before, of this frame after.</param>
internal delegate void FrameCode(ReadOnlySpan<byte> ram, IGameMemory memory, int[] values);

/// <summary>A single formula, compiled.</summary>
/// <param name="ram">The console's RAM; may be empty when the formula reads no memory.</param>
/// <param name="memory">For reads over the bus; may be null when the formula reads no memory.</param>
/// <param name="values">The variables' values.</param>
/// <param name="mode">The mode that is being selected, if one is.</param>
/// <param name="host">Where random numbers come from; may be null when no mode is being selected.</param>
/// <returns>The formula's value.</returns>
internal delegate int FormulaCode(
    ReadOnlySpan<byte> ram, IGameMemory? memory, int[] values, int mode, IModeSelectionHost? host);
