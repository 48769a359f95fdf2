using DqnAspire.Core.Networks;

namespace DqnAspire.Core.Tests.Networks;

public sealed class NetworkJsonTests
{
    public static TheoryData<NetworkDefinition> Definitions =>
    [
        NetworkPresets.Dense(4, 32, 32, 2),
        NetworkPresets.Nature(new HeadDefinition(6)),
        NetworkPresets.Nature(
            new HeadDefinition(6) { Dueling = true, NoiseScale = 0.1, Values = new CategoricalValues(51, -10, 10.1f) }),
        NetworkPresets.Nips(new HeadDefinition(4), new FeatureShape(2, 96, 64), InputScaling.Symmetric).WithLayerNorm(),
        NetworkPresets.SingleFrame(new HeadDefinition(4) { Values = new QuantileValues(200) }),
        NetworkPresets.ImpalaSmall(new HeadDefinition(18), scaling: InputScaling.Raw),
    ];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void ADefinition_IsReadAsItWasWritten(NetworkDefinition definition)
    {
        var json = NetworkJson.Write(definition);

        var read = NetworkJson.Read(json);

        Assert.Equal(json, NetworkJson.Write(read));
        Assert.Equal(
            (definition.Name, definition.Observation, definition.Scaling), (read.Name, read.Observation, read.Scaling));
        Assert.Equal(definition.Head, read.Head);
        Assert.Equivalent(definition.Layers, read.Layers, strict: true);
        Assert.DoesNotContain('\n', json);
    }

    [Fact]
    public void TheText_IsThis() => Assert.Equal(
        """
        {"name":"nips 4x84x84 unit 6 dueling","observation":{"channels":4,"height":84,"width":84},"layers":[
        {"kind":"convolution","filters":16,"kernel":8,"stride":4,"padding":0,"relu":true},
        {"kind":"convolution","filters":32,"kernel":4,"stride":2,"padding":0,"relu":true}],
        "head":{"actions":6,"hiddenUnits":256,"hiddenDropout":0,"values":{"kind":"plain"},
        "dueling":true,"noiseScale":0},
        "scaling":"unit"}
        """.ReplaceLineEndings(""),
        NetworkJson.Write(NetworkPresets.Nips(new HeadDefinition(6) { Dueling = true })));

    [Theory]
    [InlineData("\"kind\":\"convolution\"", "\"kind\":\"attention\"", "attention")]
    [InlineData("\"scaling\":\"unit\"", "\"scaling\":\"unit\",\"bias\":false", "bias")]
    [InlineData("\"filters\":16,", "", "filters")]
    [InlineData("\"filters\":16,", "\"filters\":0,", "a size is 0")]
    [InlineData("\"height\":84", "\"height\":7", "does not fit into 4x7x84")]
    [InlineData("\"name\"", "name", "invalid")]
    public void AnotherText_IsRejectedWithItsReason(string part, string instead, string reason)
    {
        var json = NetworkJson.Write(NetworkPresets.Nips(new HeadDefinition(6)))
            .Replace(part, instead, StringComparison.Ordinal);

        var error = Assert.Throws<InvalidDataException>(() => NetworkJson.Read(json));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
