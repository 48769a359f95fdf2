using DqnAspire.Core.Networks;

namespace DqnAspire.Core.Tests.Networks;

public sealed class NetworkDefinitionTests
{
    [Fact]
    public void Shapes_OfNature_AreThoseOfThePaper()
    {
        var shapes = Shapes(NetworkPresets.Nature(new HeadDefinition(6)));

        Assert.Equal([new FeatureShape(32, 20, 20), new FeatureShape(64, 9, 9), new FeatureShape(64, 7, 7)], shapes);
    }

    [Fact]
    public void Pictures_OfAnotherSize_AreTaken()
    {
        // (96 - 8) / 4 + 1 = 23, (64 - 8) / 4 + 1 = 15; (23 - 4) / 2 + 1 = 10, (15 - 4) / 2 + 1 = 6.
        var definition = NetworkPresets.Nips(new HeadDefinition(6), new FeatureShape(2, 96, 64));

        Assert.Equal([new FeatureShape(16, 23, 15), new FeatureShape(32, 10, 6)], Shapes(definition));
        Assert.Equal("nips 2x96x64 unit 6", definition.Name);
    }

    [Fact]
    public void Pictures_ThatAreTooSmall_AreRejectedWithTheLayer()
    {
        var error = Assert.Throws<ArgumentException>(
            () => NetworkPresets.Nature(new HeadDefinition(6), new FeatureShape(4, 84, 35)));

        // 35 pixels give 7, then 2: the third convolution needs 3.
        Assert.Contains("A convolution of 3x3 does not fit into 64x9x2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MaxPool_AndResidualBlocks_KeepTheirChannels() => Assert.Equal(
        [new FeatureShape(16, 84, 84), new FeatureShape(16, 42, 42), new FeatureShape(16, 42, 42)],
        Shapes(NetworkPresets.ImpalaSmall(new HeadDefinition(6)))[..3]);

    [Theory]
    [InlineData(0, 0, "a size is 0")]
    [InlineData(2, 1, "the rate is 1")]
    public void AHead_IsValidatedToo(int actions, double dropout, string reason)
    {
        var definition = new NetworkDefinition(
            "x", new FeatureShape(4), [], new HeadDefinition(actions) { HiddenDropout = dropout });

        Assert.Contains(
            reason, Assert.Throws<ArgumentException>(definition.Validate).Message, StringComparison.Ordinal);
    }

    private static FeatureShape[] Shapes(NetworkDefinition definition)
    {
        var shape = definition.Observation;
        return [.. definition.Layers.Select(layer => shape = layer.OutputOf(shape))];
    }
}
