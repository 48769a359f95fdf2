using System.Text.Json;
using System.Text.RegularExpressions;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>A game's rule straight from the JSON text, with dictionaries for what it remembers.</summary>
internal sealed partial class NaiveRule
{
    private readonly JsonElement _game;
    private readonly string[] _order;
    private Dictionary<string, int> _values;

    public NaiveRule(JsonElement game)
    {
        _game = game;
        _order = [.. game.GetProperty("order").EnumerateArray().Select(name => name.GetString()!)];
        _values = _order.ToDictionary(name => name, name => Initial(name) ?? 0);
        TellingBytes =
        [
            .. Number().Matches(string.Join(' ', _order.Select(Formula)))
                .Select(match => match.Value)
                .Select(text => text.StartsWith("0x", StringComparison.Ordinal)
                    ? Convert.ToInt32(text, 16)
                    : int.Parse(text))
                .Where(number => number <= 0xFF)
                .Append(0)
                .Distinct(),
        ];
        TellingAddresses = [.. TellingBytes.Where(number => number >= 0x80)];
    }

    /// <summary>All games of the files that the library embeds.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Games { get; } = ReadGames();

    public IEnumerable<int> Values => _order.Select(name => _values[name]);

    public int ReportedLives =>
        Evaluate(_game.GetProperty("lives").GetProperty("reported").GetString()!, new TestMemory(), _values);

    /// <summary>The numbers up to 255 in the game's formulas, which are the bytes that matter to it.</summary>
    public int[] TellingBytes { get; }

    /// <summary>The addresses of RAM in the game's formulas.</summary>
    public int[] TellingAddresses { get; }

    public void Reset() => _values = _order.ToDictionary(name => name, name => Initial(name) ?? _values[name]);

    public void Advance(TestMemory memory)
    {
        var current = new Dictionary<string, int>();
        foreach (var name in _order)
        {
            current[name] = Evaluate(Formula(name), memory, current);
        }

        _values = current;
    }

    private static Dictionary<string, JsonElement> ReadGames() =>
        new[] { "atari/games.json", "cartridges/games.json" }.SelectMany(ReadGames)
            .ToDictionary(game => game.GetProperty("id").GetString()!);

    private static List<JsonElement> ReadGames(string resource)
    {
        using var stream = typeof(GameCatalog).Assembly.GetManifestResourceStream(resource)!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("games").EnumerateArray().Select(game => game.Clone())];
    }

    private string Formula(string name) => Definition(name).GetProperty("formula").GetString()!;

    private int? Initial(string name) => name switch
    {
        "reward" or "terminal" => 0,
        _ when Definition(name).GetProperty("initial") is { ValueKind: JsonValueKind.Number } initial =>
            initial.GetInt32(),
        _ => null,
    };

    private JsonElement Definition(string name) =>
        _game.GetProperty("vars").TryGetProperty(name, out var own) ? own : _game.GetProperty(name);

    private int Evaluate(string formula, TestMemory memory, Dictionary<string, int> current) => NaiveFormula.Evaluate(
        formula,
        address => memory[address],
        address => memory.Bus[address],
        name => current[name],
        name => _values[name]);

    [GeneratedRegex(@"\b(0x[0-9A-Fa-f]+|\d+)\b")]
    private static partial Regex Number();
}
