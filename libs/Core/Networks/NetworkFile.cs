using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Core.Networks;

/// <summary>
/// The format of a network in a safetensors file, the same for every backend. Every name has the network's prefix.
/// <list type="bullet">
/// <item>Metadata: "architecture", a short text for people; "network", the definition as JSON.</item>
/// <item>Weights in PyTorch's shapes and order: "layers.0.weight" [outputs, inputs], "head.output.bias" and so
/// on.</item>
/// <item>With the optimiser: its arrays, "optimizer.m.layers.0.weight" and so on, the number of gradient steps,
/// "optimizer.steps" [1], and the state of the generator of dropout and noise, "random" [6].</item>
/// </list>
/// </summary>
public static class NetworkFile
{
    private const string ArchitectureKey = "architecture";
    private const string NetworkKey = "network";
    private const string StepsName = "optimizer.steps";
    private const string RandomName = "random";
    private const int RandomWords = 6;

    /// <summary>Adds the metadata of a network.</summary>
    public static void AddDefinition(SafetensorsFile file, string prefix, NetworkDefinition definition)
    {
        file.Metadata[prefix + ArchitectureKey] = definition.Name;
        file.Metadata[prefix + NetworkKey] = NetworkJson.Write(definition);
    }

    /// <summary>True when the file says which network its weights belong to.</summary>
    public static bool HasDefinition(SafetensorsFile file, string prefix) =>
        file.Metadata.ContainsKey(prefix + NetworkKey);

    /// <summary>Reads the network that the weights of a file belong to.</summary>
    /// <exception cref="InvalidDataException">The file does not say, or not in a form that is known.</exception>
    public static NetworkDefinition ReadDefinition(SafetensorsFile file, string prefix) =>
        file.Metadata.TryGetValue(prefix + NetworkKey, out var json)
            ? NetworkJson.Read(json)
            : throw new InvalidDataException(
                $"The file has no '{prefix}{NetworkKey}': it does not say which network its weights belong to.");

    /// <summary>
    /// Rejects a file of another network. A file that does not name its network, such as PyTorch's, is accepted.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has another architecture; the message names both.</exception>
    public static void RequireDefinition(SafetensorsFile file, string prefix, NetworkDefinition definition)
    {
        if (!file.Metadata.TryGetValue(prefix + NetworkKey, out var saved))
        {
            return;
        }

        var own = NetworkJson.Write(definition);
        if (saved != own)
        {
            var name = file.Metadata.GetValueOrDefault(prefix + ArchitectureKey, saved);
            throw new InvalidDataException(name != definition.Name
                ? $"The file holds a network '{name}'; it does not fit '{definition.Name}'."
                : $"The file holds a network {saved}; it does not fit {own}.");
        }
    }

    /// <summary>Adds what training needs besides weights and the optimiser's arrays.</summary>
    public static void AddProgress(SafetensorsFile file, string prefix, long steps, Pcg64State random)
    {
        file.Add(prefix + StepsName, [1], [steps]);
        file.Add(prefix + RandomName, [RandomWords],
        [
            (long)(ulong)(random.State >> 64), (long)(ulong)random.State,
            (long)(ulong)(random.Increment >> 64), (long)(ulong)random.Increment,
            random.HasBufferedHalf ? 1 : 0, random.BufferedHalf,
        ]);
    }

    /// <summary>Reads what <see cref="AddProgress"/> added.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or its values are not valid.</exception>
    public static (long Steps, Pcg64State Random) ReadProgress(SafetensorsFile file, string prefix)
    {
        var steps = file.GetInt64(prefix + StepsName, [1])[0];
        var words = file.GetInt64(prefix + RandomName, [RandomWords]);
        if ((words[3] & 1) == 0 || steps < 0)
        {
            throw new InvalidDataException(
                $"'{prefix}{StepsName}' or '{prefix}{RandomName}' is damaged: "
                + "no optimiser or generator has such a state.");
        }

        var state = new UInt128((ulong)words[0], (ulong)words[1]);
        var increment = new UInt128((ulong)words[2], (ulong)words[3]);
        return (steps, new Pcg64State(state, increment, words[4] != 0, (uint)words[5]));
    }
}
