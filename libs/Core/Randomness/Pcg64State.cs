namespace DqnAspire.Core.Randomness;

/// <summary>Everything a <see cref="Pcg64"/> needs to go on exactly where another stopped.</summary>
/// <param name="State">The 128-bit state of the linear congruential generator.</param>
/// <param name="Increment">Its 128-bit increment, which is odd; it selects the stream.</param>
/// <param name="HasBufferedHalf">Whether half of a 64-bit output still waits for the next 32-bit draw.</param>
/// <param name="BufferedHalf">That half; without meaning when there is none.</param>
public readonly record struct Pcg64State(UInt128 State, UInt128 Increment, bool HasBufferedHalf, uint BufferedHalf);
