using System.Globalization;

namespace DqnAspire.Agents.Policies;

/// <summary>Reads a saved policy of any kind.</summary>
public static class PolicyFile
{
    private const string Table = "table ";

    /// <summary>Reads a policy.</summary>
    /// <param name="architecture">As in <see cref="IPolicy.Architecture"/>.</param>
    /// <param name="stream">A safetensors file, from its start to its end.</param>
    /// <exception cref="InvalidDataException">Unknown architecture, or a file that does not fit it.</exception>
    public static IPolicy Load(string architecture, Stream stream) => architecture.StartsWith(Table, StringComparison.Ordinal)
        ? TablePolicy.Load(Sizes(architecture), stream)
        : NetworkPolicy.Load(architecture, stream);

    private static int[] Sizes(string architecture)
    {
        var parts = architecture[Table.Length..].Split('x');
        var sizes = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < 1)
            {
                throw new InvalidDataException($"'{architecture}' has no readable sizes.");
            }
        }

        return sizes;
    }
}
