using System.Globalization;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments.ToyText;

/// <summary>FrozenLake as Gymnasium registers it, in two sizes.</summary>
public static class FrozenLakeDefinitions
{
    private const string MapName = "map_name";
    private const string Desc = "desc";
    private const string IsSlippery = "is_slippery";
    private const string SuccessRate = "success_rate";
    private const string RandomSize = "random_size";
    private const string RandomFrozen = "random_frozen";
    private const string RandomSeed = "random_seed";
    private const string FourByFour = "4x4";
    private const string EightByEight = "8x8";
    private const string RandomMap = "random";

    /// <summary>FrozenLake-v1 and FrozenLake8x8-v1.</summary>
    public static IReadOnlyList<EnvironmentDefinition> All { get; } =
    [
        Define(
            "FrozenLake-v1",
            "Cross a frozen lake without falling into its holes; 4x4 unless another map is chosen.",
            FourByFour,
            100,
            0.70),
        Define(
            "FrozenLake8x8-v1",
            "Cross a frozen lake of 8x8 cells without falling into its holes.",
            EightByEight,
            200,
            0.85),
    ];

    private static EnvironmentDefinition Define(
        string id, string description, string map, int maxEpisodeSteps, double rewardThreshold) =>
        new(id, description, Create)
        {
            MaxEpisodeSteps = maxEpisodeSteps,
            RewardThreshold = rewardThreshold,
            Options =
            [
                new(MapName, map, $"{FourByFour}, {EightByEight} or {RandomMap}."),
                new(
                    Desc,
                    "",
                    "A map of your own instead of map_name: rows of S (start), F (frozen), H (hole), G (goal), "
                        + "separated by '/' or ','."),
                new(IsSlippery, "true", "true: a move may go at a right angle to where it was meant to; false: never."),
                new(
                    SuccessRate,
                    (1.0 / 3.0).ToString(CultureInfo.InvariantCulture),
                    "On slippery ice, how likely a move goes where it was meant to, 0..1."),
                new(RandomSize, "8", $"Side of a {RandomMap} map, 2..64 cells."),
                new(RandomFrozen, "0.8", $"How likely a cell of a {RandomMap} map is frozen, 0.01..1."),
                new(RandomSeed, "0", $"Seed of a {RandomMap} map."),
            ],
        };

    private static FrozenLake Create(EnvironmentOptions options) =>
        new(Map(options), options.GetBoolean(IsSlippery), options.GetNumber(SuccessRate, 0.0, 1.0));

    private static FrozenLakeMap Map(EnvironmentOptions options)
    {
        // Checked whether used or not, so that a slip never goes unnoticed.
        var name = options.GetChoice(MapName, FourByFour, EightByEight, RandomMap);
        var size = options.GetNumber(RandomSize, 2, 64);
        var frozen = options.GetNumber(RandomFrozen, 0.01, 1.0);
        var seed = options.GetNumber(RandomSeed, 0UL, ulong.MaxValue);

        if (options.GetText(Desc) is { Length: > 0 } desc)
        {
            return Convert(options, Desc, () => new FrozenLakeMap(desc.Split('/', ',')));
        }

        return name switch
        {
            FourByFour => FrozenLakeMap.FourByFour,
            EightByEight => FrozenLakeMap.EightByEight,
            _ => Convert(options, RandomFrozen, () => FrozenLakeMap.Random(size, frozen, new Pcg64(seed))),
        };
    }

    private static FrozenLakeMap Convert(EnvironmentOptions options, string name, Func<FrozenLakeMap> create)
    {
        try
        {
            return create();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw options.Refuse(name, $"does not make a map: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
