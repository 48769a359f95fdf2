namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// The terms of a tile's sums. Term (o, i) takes the left operand at o * OuterStep + i * InnerStep from a row's start;
/// the right operand moves on by RightStep from each term to the next.
/// </summary>
/// <param name="Outer">Groups of terms.</param>
/// <param name="OuterStep">Floats from a group's start to the next one's on the left.</param>
/// <param name="Inner">Terms in a group.</param>
/// <param name="InnerStep">Floats from a term to the next on the left.</param>
/// <param name="RightStep">Floats from a term to the next on the right.</param>
internal readonly record struct TileLoop(int Outer, int OuterStep, int Inner, int InnerStep, int RightStep);
