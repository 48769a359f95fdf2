using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Agents.Policies;

/// <summary>Reads a saved policy. The file says which kind it is and, for a network, its architecture.</summary>
public static class PolicyFile
{
    /// <summary>Reads a policy.</summary>
    /// <param name="stream">A safetensors file, from its start to its end.</param>
    /// <param name="backend">Computes the policy's network; a table does not need it.</param>
    /// <exception cref="InvalidDataException">The file is damaged or does not hold a policy.</exception>
    public static IPolicy Load(Stream stream, INetworkBackend backend)
    {
        var file = SafetensorsFile.Read(stream);
        return NetworkFile.HasDefinition(file, prefix: "")
            ? NetworkPolicy.Load(file, backend)
            : TablePolicy.Load(file);
    }
}
