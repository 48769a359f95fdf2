using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Atari;

/// <summary>The names under which people know Atari environments, and what each stands for.</summary>
/// <param name="Id">The id, for example "PongNoFrameskip-v4".</param>
/// <param name="FrameSkip">Frames of a step, as the option "frameskip" writes them.</param>
/// <param name="RepeatActionProbability">Probability of a sticky action, as the option writes it.</param>
/// <param name="Description">What the suffix means, for people.</param>
internal readonly record struct AtariIds(
    string Id, string FrameSkip, string RepeatActionProbability, string Description)
{
    /// <summary>Three frames a step, where four hide its shots.</summary>
    private const string SpaceInvaders = "space_invaders";

    /// <summary>The probability of Machado et al. (2018), which all of v0 and v5 have.</summary>
    private const string Sticky = "0.25";

    /// <summary>The ids of a game.</summary>
    public static IEnumerable<AtariIds> Of(GameRule rule)
    {
        var name = PascalCase(rule.Id);
        var steady = rule.Id == SpaceInvaders ? "3" : "4";
        return
        [
            new($"{name}NoFrameskip-v4", "1", "0", "one frame a step"),
            new($"{name}Deterministic-v4", steady, "0", $"{steady} frames a step"),
            new($"{name}-v4", "2-4", "0", "2 to 4 frames a step"),
            new($"{name}NoFrameskip-v0", "1", Sticky, "one frame a step, sticky actions"),
            new($"{name}Deterministic-v0", steady, Sticky, $"{steady} frames a step, sticky actions"),
            new($"{name}-v0", "2-4", Sticky, "2 to 4 frames a step, sticky actions"),
            new($"ALE/{name}-v5", "4", Sticky, "4 frames a step, sticky actions"),
        ];
    }

    /// <summary>
    /// Gymnasium's name of a game: a letter after anything but a letter is a capital, underscores are left out.
    /// </summary>
    private static string PascalCase(string id)
    {
        var name = new char[id.Length];
        var length = 0;
        var afterLetter = false;
        foreach (var character in id)
        {
            if (character != '_')
            {
                name[length++] = afterLetter ? character : char.ToUpperInvariant(character);
            }

            afterLetter = char.IsAsciiLetter(character);
        }

        return new string(name, 0, length);
    }
}
