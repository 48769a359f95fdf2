using System.Collections.Immutable;
using System.Text.Json;
using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads a file of game rules.</summary>
internal static class CatalogReader
{
    /// <summary>The version of the format that is understood.</summary>
    private const int SchemaVersion = 1;

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <returns>Its games, and the cartridges that it names as having no rule.</returns>
    /// <exception cref="GameRuleException">Something in it cannot be understood.</exception>
    public static (ImmutableArray<GameRule> Games, ImmutableArray<UnsupportedCartridge> Unsupported) Read(
        Stream stream, string fileName)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(stream, options);
            return Read(document.RootElement, fileName);
        }
        catch (JsonException exception)
        {
            throw new GameRuleException(fileName, $"This is no JSON file: {exception.Message}", exception);
        }
    }

    private static (ImmutableArray<GameRule> Games, ImmutableArray<UnsupportedCartridge> Unsupported) Read(
        JsonElement root, string fileName)
    {
        var fields = new JsonValue(root, "", fileName).FieldsCalled($"{fileName}: ");
        var version = fields.Integer("schemaVersion");
        if (version != SchemaVersion)
        {
            throw fields.Error("schemaVersion", $"Version {version} is not understood, only {SchemaVersion}.");
        }

        if (!fields.Texts("actions").SequenceEqual(AtariActions.Names))
        {
            throw fields.Error("actions", $"The actions are {string.Join(", ", AtariActions.Names)}, in this order.");
        }

        ImmutableArray<GameRule> games =
            [.. fields.Items("games").Select(game => GameReader.Read(CallById(game, fileName)))];
        ImmutableArray<UnsupportedCartridge> unsupported = fields.Optional("romsWithoutRule") is { } list
            ? [.. list.Items.Select(item => Unsupported(item.Fields))]
            : [];
        fields.Skip("source");
        fields.Close();
        return (games, unsupported);
    }

    /// <summary>A game, called by its id in messages rather than by its place in the file.</summary>
    private static JsonFields CallById(JsonValue game, string fileName) =>
        game.FieldsCalled($"{fileName}: {game.Fields.Text("id")}: ");

    private static UnsupportedCartridge Unsupported(JsonFields fields)
    {
        var cartridge = new UnsupportedCartridge(fields.Text("id"), fields.Text("md5"));
        fields.Close();
        return cartridge;
    }
}
