using System.Globalization;

namespace DqnAspire.Agents.Policies;

/// <summary>Reads a saved policy of any kind.</summary>
public static class PolicyFile
{
    /// <summary>Reads a policy.</summary>
    /// <param name="architecture">As in <see cref="IPolicy.Architecture"/>.</param>
    /// <param name="stream">A safetensors file, from its start to its end.</param>
    /// <exception cref="InvalidDataException">Unknown architecture, or a file that does not fit it.</exception>
    public static IPolicy Load(string architecture, Stream stream)
    {
        var (kind, shape) = architecture.Split(' ') is [var first, var second] ? (first, second) : ("", "");
        return kind switch
        {
            "table" => TablePolicy.Load(Sizes(architecture, shape, 'x'), stream),
            "dense" => NetworkPolicy.Load(Sizes(architecture, shape, '-'), stream),
            _ => throw new InvalidDataException($"'{architecture}' is no known kind of policy."),
        };
    }

    private static int[] Sizes(string architecture, string shape, char separator)
    {
        var parts = shape.Split(separator);
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
