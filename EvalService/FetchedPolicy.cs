using DqnAspire.Agents.Policies;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.EvalService;

/// <summary>A policy's parameters and where they came from.</summary>
/// <param name="Header">Run, version, environment.</param>
/// <param name="File">The safetensors file.</param>
public sealed record FetchedPolicy(ParametersHeader Header, byte[] File)
{
    /// <summary>Makes a policy. Each caller needs its own, because networks have work space.</summary>
    /// <exception cref="InvalidDataException">The file does not hold such a policy.</exception>
    public IPolicy CreatePolicy() => PolicyFile.Load(new MemoryStream(File, writable: false), ManagedBackend.Shared);
}
