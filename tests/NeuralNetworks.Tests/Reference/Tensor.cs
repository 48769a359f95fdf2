namespace DqnAspire.NeuralNetworks.Tests.Reference;

/// <summary>Values of one sample, [channels, height, width], in double precision.</summary>
internal sealed record Tensor(double[] Values, int Channels, int Height, int Width)
{
    public static Tensor Zeros(int channels, int height, int width) =>
        new(new double[channels * height * width], channels, height, width);

    public ref double At(int channel, int y, int x) => ref Values[(((channel * Height) + y) * Width) + x];

    public bool Holds(int y, int x) => y >= 0 && y < Height && x >= 0 && x < Width;

    public Tensor Map(Func<double, double> function) => this with { Values = [.. Values.Select(function)] };
}
