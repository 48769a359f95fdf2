using System.Globalization;

namespace DqnAspire.Cli.Training;

/// <summary>Reads lists of seeds such as <c>1..5</c>, <c>1,2,3</c> and <c>1..3,42</c>.</summary>
internal static class SeedList
{
    private const int MaxSeeds = 1000;

    /// <summary>Reads a list.</summary>
    /// <returns>The seeds, each once, in the order of the text.</returns>
    /// <exception cref="CommandException">The text is not a list of seeds.</exception>
    public static IReadOnlyList<ulong> Parse(string text)
    {
        var seeds = new List<ulong>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (first, last) = part.Split("..") switch
            {
                [var one] => (ParseSeed(one), ParseSeed(one)),
                [var from, var to] => (ParseSeed(from), ParseSeed(to)),
                _ => throw Refused(),
            };
            if (last < first || last - first >= MaxSeeds)
            {
                throw Refused();
            }

            for (var seed = first; ; seed++)
            {
                seeds.Add(seed);
                if (seed == last)
                {
                    break;
                }
            }
        }

        return [.. seeds.Distinct()];

        ulong ParseSeed(string number) =>
            ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                ? seed
                : throw Refused();

        CommandException Refused() =>
            new($"--seeds takes up to {MaxSeeds} seeds such as 1..5 or 1,2,3, not '{text}'.");
    }
}
