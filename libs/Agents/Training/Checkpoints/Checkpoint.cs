using DqnAspire.Core.Safetensors;

namespace DqnAspire.Agents.Training.Checkpoints;

/// <summary>Everything that a run resumes from, at one moment between two steps.</summary>
/// <param name="State">Counters, statistics and generators.</param>
/// <param name="Tensors">Networks and optimiser.</param>
/// <param name="Parts">Opaque parts by name: the lanes' environments, the states that are stacked, the sampler.</param>
public sealed record Checkpoint(
    CheckpointState State, SafetensorsFile Tensors, IReadOnlyDictionary<string, byte[]> Parts)
{
    /// <summary>A part.</summary>
    /// <exception cref="InvalidDataException">There is none of this name.</exception>
    public byte[] Part(string name) => Parts.TryGetValue(name, out var part)
        ? part
        : throw new InvalidDataException($"The checkpoint of step {State.Statistics.Steps} has no part '{name}'.");
}
