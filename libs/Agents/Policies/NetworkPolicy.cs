using DqnAspire.Core;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Presets;

namespace DqnAspire.Agents.Policies;

/// <summary>Action values from a network. Not thread-safe, as the network is not.</summary>
public sealed class NetworkPolicy : IPolicy
{
    private const string StackKey = "policy.stack";
    private const string PaddingKey = "policy.padding";
    private const string ElementKey = "policy.element";

    private readonly IQNetwork _network;
    private readonly NetworkInput _input;
    private float[] _values = [];

    /// <summary>A policy that uses a network in place.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">How its input is put together.</param>
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
        Greedy.Choose(values, actions);
    }

    /// <inheritdoc/>
    public void ActionValues(ReadOnlySpan<byte> states, Span<float> values)
    {
        var stateBytes = ObservationBytes * Stack;
        if (states.Length % stateBytes != 0)
        {
            throw new ArgumentException($"States of {stateBytes} bytes were expected, not {states.Length} bytes.", nameof(states));
        }

        _network.Forward(_input.ToObservations(states, states.Length / stateBytes), values);
    }

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        var file = new SafetensorsFile();
        _network.Save(file, "", withOptimizer: false);
        file.Metadata[StackKey] = _input.Stack.ToString(System.Globalization.CultureInfo.InvariantCulture);
        file.Metadata[PaddingKey] = _input.Padding.ToString();
        file.Metadata[ElementKey] = _input.AreBytes ? "uint8" : "float32";
        file.Write(stream);
    }

    internal static NetworkPolicy Load(string architecture, Stream stream)
    {
        // Every weight comes from the file: the seed does not matter.
        var network = new QNetwork(NetworkNames.Parse(architecture), training: null, seed: 0);
        var file = SafetensorsFile.Read(stream);
        network.Load(file, "", withOptimizer: false);
        return new NetworkPolicy(network, ReadInput(file));
    }

    private static NetworkInput ReadInput(SafetensorsFile file)
    {
        var text = file.Metadata;
        if (!text.TryGetValue(StackKey, out var stack) || !int.TryParse(stack, out var size) || size < 1
            || !text.TryGetValue(PaddingKey, out var padding) || !Enum.TryParse<StackPadding>(padding, out var value)
            || !text.TryGetValue(ElementKey, out var element))
        {
            throw new InvalidDataException($"The file does not say how observations become the network's input ({StackKey}, {PaddingKey}, {ElementKey}).");
        }

        return new NetworkInput(element == "uint8", size, value);
    }
}
