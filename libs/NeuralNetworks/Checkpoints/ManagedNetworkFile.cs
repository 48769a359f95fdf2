using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Optimizers;

namespace DqnAspire.NeuralNetworks.Checkpoints;

/// <summary>Writes and reads a network of this backend in the format of <see cref="NetworkFile"/>.</summary>
internal sealed class ManagedNetworkFile(
    NetworkDefinition definition, ParameterStore store, Optimizer? optimizer, Pcg64 random)
{
    public void Save(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        NetworkFile.AddDefinition(file, prefix, definition);
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

        NetworkFile.AddProgress(file, prefix, training.Steps, random.State);
    }

    public void Load(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        NetworkFile.RequireDefinition(file, prefix, definition);
        // Everything is read before anything is changed.
        var weights = Take(file, prefix);
        if (withOptimizer)
        {
            var training = RequireOptimizer();
            var states = training.StateNames.Select(name => Take(file, $"{prefix}optimizer.{name}.")).ToArray();
            (training.Steps, random.State) = NetworkFile.ReadProgress(file, prefix);
            for (var i = 0; i < states.Length; i++)
            {
                Import(states[i], training.States[i]);
            }
        }

        Import(weights, store.Weights);
        store.Changed();
    }

    private Optimizer RequireOptimizer() => optimizer ?? throw new InvalidOperationException(
        $"The network {definition.Name} was made without an optimiser: it has no optimiser state.");

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
