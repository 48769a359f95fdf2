using DqnAspire.Agents.Policies;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Agents.Tests;

/// <summary>A saved policy is used from its file alone.</summary>
public sealed class PolicyFileTests
{
    private static readonly NetworkDefinition Definition = NetworkPresets.Nips(
        new HeadDefinition(3) { Dueling = true, Values = new CategoricalValues(5, -1, 1) },
        new FeatureShape(2, 40, 36));

    [Fact]
    public void ANetwork_PlaysAsBeforeItWasSaved()
    {
        var network = ManagedBackend.Shared.Create(Definition, training: null, seed: 1);
        var policy = new NetworkPolicy(network, new NetworkInput(AreBytes: true, Stack: 2, StackPadding.Zero));
        var states = Enumerable.Range(0, 2 * 2 * 40 * 36).Select(i => (byte)(i * 7)).ToArray();
        var (expected, actual) = (new float[2 * 3], new float[2 * 3]);
        policy.ActionValues(states, expected);

        using var loaded = (NetworkPolicy)PolicyFile.Load(Saved(policy), ManagedBackend.Shared);
        loaded.ActionValues(states, actual);

        Assert.Equal(expected, actual);
        Assert.Equal(
            ("nips 2x40x36 unit 3 dueling c51(5,-1,1)", 40 * 36, 2, StackPadding.Zero, 3),
            (loaded.Architecture, loaded.ObservationBytes, loaded.Stack, loaded.StackPadding, loaded.Actions));
    }

    [Fact]
    public void ATable_PlaysAsBeforeItWasSaved()
    {
        var policy = new TablePolicy(2, 3, [1, 2, 3, 6, 5, 4]);
        var actions = new int[2];

        var loaded = PolicyFile.Load(Saved(policy), ManagedBackend.Shared);
        loaded.ActGreedily([1, 0, 0, 0, 0, 0, 0, 0], actions);

        Assert.Equal("table 2x3", loaded.Architecture);
        Assert.Equal([0, 2], actions);
    }

    [Fact]
    public void AnotherFile_IsRejectedWithItsReason()
    {
        AssertRejected("neither a network nor a table", file => file.Metadata.Clear());
        AssertRejected("policy.stack", file => file.Metadata.Remove("policy.stack"));
        AssertRejected("A state of 7 observations", file => file.Metadata["policy.stack"] = "7");
        AssertRejected("The architecture is not that of a known network", file => file.Metadata["network"] = "{}");
        AssertRejected("Tensor 'layers.0.weight' is F32 [16, 2, 8, 8]; F32 [8, 2, 8, 8] is needed", file =>
            file.Metadata["network"] = file.Metadata["network"]
                .Replace("\"filters\":16", "\"filters\":8", StringComparison.Ordinal));

        static void AssertRejected(string reason, Action<SafetensorsFile> damage)
        {
            var network = ManagedBackend.Shared.Create(Definition, training: null, seed: 1);
            var policy = new NetworkPolicy(network, new NetworkInput(AreBytes: true, Stack: 2, StackPadding.Zero));
            var file = SafetensorsFile.Read(Saved(policy));
            damage(file);
            using var stream = new MemoryStream();
            file.Write(stream);
            stream.Position = 0;

            var error = Assert.Throws<InvalidDataException>(() => PolicyFile.Load(stream, ManagedBackend.Shared));

            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
    }

    private static MemoryStream Saved(IPolicy policy)
    {
        var stream = new MemoryStream();
        policy.Save(stream);
        stream.Position = 0;
        return stream;
    }
}
