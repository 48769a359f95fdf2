using System.Runtime.InteropServices;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Checkpoints;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Presets;

namespace DqnAspire.Agents.Policies;

/// <summary>Action values from a network, for environments whose observation is a float32 vector. Not thread-safe, as the network is not.</summary>
/// <param name="network">The network, used in place.</param>
public sealed class NetworkPolicy(IQNetwork network) : IPolicy
{
    private float[] _values = [];

    /// <inheritdoc/>
    public string Architecture => network.Architecture;

    /// <inheritdoc/>
    public int ObservationBytes => network.ObservationSize * sizeof(float);

    /// <inheritdoc/>
    public int Actions => network.Actions;

    /// <inheritdoc/>
    public void ActGreedily(ReadOnlySpan<byte> observations, Span<int> actions)
    {
        var needed = actions.Length * Actions;
        if (_values.Length < needed)
        {
            _values = new float[needed];
        }

        var values = _values.AsSpan(0, needed);
        ActionValues(observations, values);
        for (var i = 0; i < actions.Length; i++)
        {
            var row = values.Slice(i * Actions, Actions);
            var best = 0;
            for (var action = 1; action < row.Length; action++)
            {
                if (row[action] > row[best])
                {
                    best = action;
                }
            }

            actions[i] = best;
        }
    }

    /// <inheritdoc/>
    public void ActionValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        if (observations.Length % ObservationBytes != 0)
        {
            throw new ArgumentException($"Observations of {ObservationBytes} bytes were expected, not {observations.Length} bytes.", nameof(observations));
        }

        network.Forward(new Observations(MemoryMarshal.Cast<byte, float>(observations), observations.Length / ObservationBytes), values);
    }

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        var file = new SafetensorsFile();
        network.Save(file, "", withOptimizer: false);
        file.Write(stream);
    }

    internal static NetworkPolicy Load(int[] sizes, Stream stream)
    {
        if (sizes.Length < 2)
        {
            throw new InvalidDataException("A dense network has at least an input and an output size.");
        }

        // Every weight comes from the file: the seed does not matter.
        var network = new QNetwork(NetworkPresets.Dense(sizes), training: null, seed: 0);
        network.Load(SafetensorsFile.Read(stream), "", withOptimizer: false);
        return new NetworkPolicy(network);
    }
}
