using System.Globalization;

namespace DqnAspire.Play.Policies;

/// <summary>
/// What a user names as a policy: a run (its id, a part of its id that only it has, or its folder), with "@best",
/// "@latest" or "@STEPS" behind it, a checkpoint's folder, or a safetensors file. Without an @ a run gives its best
/// parameters, or its newest where none are known to be best.
/// </summary>
/// <param name="Place">The run, folder or file; empty: the current run, or the last one.</param>
/// <param name="Selection">Which of the run's policies.</param>
/// <param name="Steps">Agent steps of the checkpoint, for <see cref="PolicySelection.Checkpoint"/>.</param>
public sealed record PolicyReference(string Place, PolicySelection Selection, long Steps = 0)
{
    private const char Separator = '@';

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">For example "runs/cartpole-s1", "cartpole-s1@latest" or "best/network.safetensors".</param>
    /// <exception cref="PolicyException">What stands behind the @ is no policy.</exception>
    public static PolicyReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var split = text.LastIndexOf(Separator);
        if (split < 0 || text.IndexOfAny(['/', '\\'], split) >= 0)
        {
            return new PolicyReference(text, PolicySelection.Best);
        }

        var (place, name) = (text[..split], text[(split + 1)..]);
        if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            return new PolicyReference(place, PolicySelection.Checkpoint, steps);
        }

        return Enum.GetValues<PolicySelection>()
            .Where(s => s != PolicySelection.Checkpoint && s.ToString()
                .Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(s => new PolicyReference(place, s))
            .FirstOrDefault()
            ?? throw new PolicyException($"'{name}' is no policy of a run: write @best, @latest or @STEPS.");
    }

    /// <summary>As a user would write it.</summary>
    public override string ToString() => Selection == PolicySelection.Checkpoint
        ? string.Create(CultureInfo.InvariantCulture, $"{Place}{Separator}{Steps}")
        : $"{Place}{Separator}{Selection.ToString().ToLowerInvariant()}";
}
