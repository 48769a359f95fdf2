using System.Text.Json;
using System.Text.Json.Serialization;

namespace DqnAspire.Core.Networks;

/// <summary>A network's architecture as JSON: enough to build the network for a file of weights.</summary>
public static class NetworkJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // A member that this version does not know would change the network.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes a definition on one line. Equal architectures give equal text.</summary>
    public static string Write(NetworkDefinition definition) => JsonSerializer.Serialize(definition, Options);

    /// <summary>Reads a definition.</summary>
    /// <exception cref="InvalidDataException">The text is not that of a valid network.</exception>
    public static NetworkDefinition Read(string json)
    {
        try
        {
            var definition = JsonSerializer.Deserialize<NetworkDefinition>(json, Options)
                ?? throw new InvalidDataException("The architecture is empty.");
            definition.Validate();
            return definition;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"The architecture is not that of a known network: {e.Message}", e);
        }
    }
}
