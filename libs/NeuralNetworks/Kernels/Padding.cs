namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// Rows are padded with zeros to a whole number of the widest registers, on every machine: kernels then have no
/// remainders. Padded entries of weights, gradients and optimiser state stay zero by themselves.
/// </summary>
internal static class Padding
{
    public const int Multiple = 16;

    public static int RoundUp(int size) => (size + Multiple - 1) / Multiple * Multiple;
}
