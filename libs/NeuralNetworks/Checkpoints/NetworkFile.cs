using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Optimizers;

namespace DqnAspire.NeuralNetworks.Checkpoints;

/// <summary>
/// A network's tensors in a safetensors file, in PyTorch's shapes: "head.output.weight" [outputs, inputs] and so on; with the
/// optimiser also "optimizer.m.head.output.weight" and the like, "optimizer.steps" [1] and "random" [6], the state of the
/// generator behind dropout and noise.
/// </summary>
internal sealed class NetworkFile(string architecture, ParameterStore store, Optimizer? optimizer, Pcg64 random)
{
    private const string ArchitectureKey = "architecture";
    private const int RandomWords = 6;

    public void Save(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        file.Metadata[prefix + ArchitectureKey] = architecture;
        Add(file, prefix, store.Weights);
        if (!withOptimizer)
        {
            return;
        }

        var training = RequireOptimizer();
        for (var i = 0; i < training.States.Length; i++)
        {
            Add(file, $"{prefix}optimizer.{training.StateNames[i]}.", training.States[i]);
        }

        file.Add($"{prefix}optimizer.steps", [1], [training.Steps]);
        var state = random.State;
        file.Add($"{prefix}random", [RandomWords],
        [
            (long)(ulong)(state.State >> 64), (long)(ulong)state.State, (long)(ulong)(state.Increment >> 64), (long)(ulong)state.Increment,
            state.HasBufferedHalf ? 1 : 0, state.BufferedHalf,
        ]);
    }

    public void Load(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        if (file.Metadata.TryGetValue(prefix + ArchitectureKey, out var saved) && saved != architecture)
        {
            throw new InvalidDataException($"The file holds a network '{saved}'; it does not fit '{architecture}'.");
        }

        // Everything is read before anything is changed.
        var weights = Take(file, prefix);
        if (withOptimizer)
        {
            var training = RequireOptimizer();
            var states = training.StateNames.Select(name => Take(file, $"{prefix}optimizer.{name}.")).ToArray();
            var steps = file.GetInt64($"{prefix}optimizer.steps", [1])[0];
            var words = file.GetInt64($"{prefix}random", [RandomWords]);
            if ((words[3] & 1) == 0 || steps < 0)
            {
                throw new InvalidDataException("The optimiser's step count or the random generator's state is none that was ever saved.");
            }

            training.Steps = steps;
            random.State = new Pcg64State(
                new UInt128((ulong)words[0], (ulong)words[1]), new UInt128((ulong)words[2], (ulong)words[3]), words[4] != 0, (uint)words[5]);
            for (var i = 0; i < states.Length; i++)
            {
                Import(states[i], training.States[i]);
            }
        }

        Import(weights, store.Weights);
        store.Changed();
    }

    private Optimizer RequireOptimizer() =>
        optimizer ?? throw new InvalidOperationException($"The network {architecture} was made without an optimiser: there is no state of one.");

    private void Add(SafetensorsFile file, string prefix, AlignedBuffer flat)
    {
        foreach (var parameter in store.Parameters)
        {
            file.Add(prefix + parameter.Name, parameter.Shape, parameter.Export(flat.Span));
        }
    }

    private float[][] Take(SafetensorsFile file, string prefix) =>
        [.. store.Parameters.Select(parameter => file.GetFloat32(prefix + parameter.Name, parameter.Shape))];

    private void Import(float[][] tensors, AlignedBuffer flat)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            store.Parameters[i].Import(tensors[i], flat.Span);
        }
    }
}
