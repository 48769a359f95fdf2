using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Tests.Reference;

namespace DqnAspire.NeuralNetworks.Tests.Networks;

/// <summary>States and next states as two views of windows have the values that they have side by side.</summary>
public sealed class StridedObservationsTests
{
    private const int Count = 5;
    private const int Frame = 84 * 84;

    [Theory]
    [InlineData(0)]
    [InlineData(Frame)]
    public void ViewsOfWindows_HaveTheValuesOfCopies(int offset)
    {
        var network = new QNetwork(NetworkPresets.Nips(new HeadDefinition(4)), training: null, seed: 1);
        var (size, stride) = (network.Definition.Observation.Features, network.Definition.Observation.Features + Frame);
        var windows = Draw.Bytes(8, Count * stride);
        var copies = Enumerable.Range(0, Count).SelectMany(i => windows.Skip((i * stride) + offset).Take(size))
            .ToArray();
        var (expected, actual) = (new float[Count * 4], new float[Count * 4]);

        network.Forward(new Observations(copies, Count), expected);
        network.Forward(new Observations(windows.AsSpan(offset, ((Count - 1) * stride) + size), Count, stride), actual);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Floats_MayLieApart_Too()
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 16, 3), training: null, seed: 1);
        var spread = Draw.Floats(3, (2 * 7) + 4);
        var copies = new[] { 0, 7, 14 }.SelectMany(start => spread[start..(start + 4)]).ToArray();
        var (expected, actual) = (new float[9], new float[9]);

        network.Forward(new Observations(copies, 3), expected);
        network.Forward(new Observations(spread, 3, stride: 7), actual);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(18, 3, 3)]
    [InlineData(17, 3, 7)]
    [InlineData(19, 3, 7)]
    [InlineData(21, 3, 7)]
    public void AStrideThatDoesNotFit_IsRefused(int length, int count, int stride)
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 16, 3), training: null, seed: 1);

        Assert.Throws<ArgumentException>(
            () => network.Forward(new Observations(new float[length], count, stride), new float[9]));
    }
}
