using System.Globalization;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Agents.Policies;

/// <summary>Action values from a network. Not thread-safe, because the network is not.</summary>
public sealed class NetworkPolicy : IPolicy, IDisposable
{
    private const string StackKey = "policy.stack";
    private const string PaddingKey = "policy.padding";
    private const string ElementKey = "policy.element";

    private readonly IQNetwork _network;
    private readonly NetworkInput _input;
    private float[] _values = [];

    /// <summary>A policy that uses a network in place.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">How observations become its input.</param>
    public NetworkPolicy(IQNetwork network, NetworkInput input)
    {
        _network = network;
        _input = input;
    }

    /// <inheritdoc/>
    public string Architecture => _network.Architecture;

    /// <inheritdoc/>
    public int ObservationBytes => _network.ObservationSize * (_input.AreBytes ? 1 : sizeof(float)) / _input.Stack;

    /// <inheritdoc/>
    public int Stack => _input.Stack;

    /// <inheritdoc/>
    public StackPadding StackPadding => _input.Padding;

    /// <inheritdoc/>
    public int Actions => _network.Actions;

    /// <inheritdoc/>
    public void ActGreedily(ReadOnlySpan<byte> states, Span<int> actions)
    {
        var needed = actions.Length * Actions;
        if (_values.Length < needed)
        {
            _values = new float[needed];
        }

        var values = _values.AsSpan(0, needed);
        ActionValues(states, values);
        ArgMax.OfRows(values, actions);
    }

    /// <inheritdoc/>
    public ValueDistribution Values => _network.Definition.Head.Values;

    /// <inheritdoc/>
    public void ActionValues(ReadOnlySpan<byte> states, Span<float> values) =>
        _network.Forward(ToObservations(states), values);

    /// <inheritdoc/>
    public void Distributions(ReadOnlySpan<byte> states, Span<float> distributions) =>
        _network.ForwardDistributions(ToObservations(states), distributions);

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        var file = new SafetensorsFile();
        _network.Save(file, "", withOptimizer: false);
        file.Metadata[StackKey] = _input.Stack.ToString(CultureInfo.InvariantCulture);
        file.Metadata[PaddingKey] = _input.Padding.ToString();
        file.Metadata[ElementKey] = _input.AreBytes ? "uint8" : "float32";
        file.Write(stream);
    }

    /// <summary>
    /// Releases the network. For the owner of the network: the caller of <see cref="PolicyFile.Load"/>.
    /// </summary>
    public void Dispose() => _network.Dispose();

    private Observations ToObservations(ReadOnlySpan<byte> states)
    {
        var stateBytes = ObservationBytes * Stack;
        return states.Length % stateBytes == 0
            ? _input.ToObservations(states, states.Length / stateBytes)
            : throw new ArgumentException(
                $"States of {stateBytes} bytes were expected, not {states.Length} bytes.", nameof(states));
    }

    internal static NetworkPolicy Load(SafetensorsFile file, INetworkBackend backend)
    {
        var input = ReadInput(file);
        var definition = NetworkFile.ReadDefinition(file, prefix: "");
        if (definition.Observation.Features % input.Stack != 0)
        {
            throw new InvalidDataException(
                $"A state of {input.Stack} observations ({StackKey}) does not fit a network for "
                + $"{definition.Observation}.");
        }

        // The seed does not matter: every weight comes from the file.
        IQNetwork network;
        try
        {
            network = backend.Create(definition, training: null, seed: 0);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(
                $"The file holds a network '{definition.Name}' that cannot be used: {e.Message}", e);
        }

        network.Load(file, "", withOptimizer: false);
        return new NetworkPolicy(network, input);
    }

    private static NetworkInput ReadInput(SafetensorsFile file)
    {
        var text = file.Metadata;
        if (!text.TryGetValue(StackKey, out var stack) || !NumberText.TryParse<int>(stack, out var size) || size < 1
            || !text.TryGetValue(PaddingKey, out var padding) || !Enum.TryParse<StackPadding>(padding, out var value)
            || !text.TryGetValue(ElementKey, out var element))
        {
            throw new InvalidDataException(
                "The file does not say how observations become the network's input "
                + $"({StackKey}, {PaddingKey}, {ElementKey}).");
        }

        return new NetworkInput(element == "uint8", size, value);
    }
}
