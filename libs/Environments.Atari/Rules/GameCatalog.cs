using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DqnAspire.Environments.Atari.Rules.Loading;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>The games whose rules are known.</summary>
public sealed class GameCatalog
{
    private const string CommercialGames = "atari/games.json";
    private const string BundledGames = "cartridges/games.json";

    private static readonly Lazy<GameCatalog> Embedded = new(LoadEmbedded);

    private readonly Dictionary<string, GameRule> _byId;
    private readonly Dictionary<string, GameRule> _byChecksum;

    /// <exception cref="GameRuleException">Two games have the same id or a checksum in common.</exception>
    private GameCatalog(string source, ImmutableArray<GameRule> games, ImmutableArray<UnsupportedCartridge> unsupported)
    {
        Games = games;
        Unsupported = unsupported;
        _byId = Index(source, "id", StringComparer.Ordinal, games.Select(game => (game.Id, game)));
        _byChecksum = Index(
            source,
            "checksum",
            StringComparer.OrdinalIgnoreCase,
            games.SelectMany(game => game.Checksums.Select(checksum => (checksum, game))));
    }

    /// <summary>
    /// The games of this library, those of <see cref="BundledCartridges"/> last; loaded when first asked for.
    /// </summary>
    public static GameCatalog Default => Embedded.Value;

    /// <summary>The games, in the order of their files.</summary>
    public ImmutableArray<GameRule> Games { get; }

    /// <summary>Known cartridges that have no rule.</summary>
    public ImmutableArray<UnsupportedCartridge> Unsupported { get; }

    /// <summary>Loads a file of rules. Formulas are read, not compiled: a game compiles when it first runs.</summary>
    /// <param name="stream">The file, JSON in UTF-8.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <returns>Its games.</returns>
    /// <exception cref="GameRuleException">
    /// Something in it cannot be understood, a field that is not known included; the message says which game, field
    /// and, within a formula, position.
    /// </exception>
    public static GameCatalog Load(Stream stream, string fileName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(fileName);
        var (games, unsupported) = CatalogReader.Read(stream, fileName);
        return new GameCatalog(fileName, games, unsupported);
    }

    /// <summary>The games of this catalog, followed by those of another.</summary>
    /// <param name="other">The other catalog.</param>
    /// <returns>A catalog of both.</returns>
    /// <exception cref="GameRuleException">
    /// A game of the one has the same id as, or a checksum in common with, a game of the other.
    /// </exception>
    public GameCatalog Merge(GameCatalog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new GameCatalog("merged catalogs", Games.AddRange(other.Games), Unsupported.AddRange(other.Unsupported));
    }

    /// <summary>The game with an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>Its rule.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public GameRule Get(string id) =>
        TryGet(id, out var game) ? game : throw new KeyNotFoundException($"There is no rule for a game '{id}'.");

    /// <summary>Looks for the game with an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="game">Its rule.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string id, [MaybeNullWhen(false)] out GameRule game) => _byId.TryGetValue(id, out game);

    /// <summary>Looks for the rule of a cartridge image: by its checksum, then by its file's name.</summary>
    /// <param name="checksum">MD5 of the image, in hexadecimal.</param>
    /// <param name="path">Its file; the name without the extension is compared with the ids, whatever the case.</param>
    /// <returns>The rule; null when there is none.</returns>
    public GameMatch? Find(string checksum, string path)
    {
        ArgumentNullException.ThrowIfNull(checksum);
        ArgumentNullException.ThrowIfNull(path);
        if (_byChecksum.TryGetValue(checksum, out var game))
        {
            return new GameMatch(game, ChecksumMatches: true);
        }

        return TryGet(Path.GetFileNameWithoutExtension(path).ToLowerInvariant(), out game)
            ? new GameMatch(game, ChecksumMatches: false)
            : null;
    }

    private static GameCatalog LoadEmbedded() => LoadEmbedded(CommercialGames).Merge(LoadEmbedded(BundledGames));

    private static GameCatalog LoadEmbedded(string resource)
    {
        using var stream = typeof(GameCatalog).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The library was built without {resource}.");
        return Load(stream, resource);
    }

    private static Dictionary<string, GameRule> Index(
        string source, string what, StringComparer comparer, IEnumerable<(string Key, GameRule Game)> games)
    {
        var index = new Dictionary<string, GameRule>(comparer);
        foreach (var (key, game) in games)
        {
            if (!index.TryAdd(key, game))
            {
                throw new GameRuleException($"{source}: {game.Id}", $"{index[key].Id} has the {what} '{key}' already.");
            }
        }

        return index;
    }
}
