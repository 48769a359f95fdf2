namespace Aspire.Hosting.ApplicationModel;

/// <summary>The form of names of resources and endpoints.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string target, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Problem(name) is { } problem)
        {
            throw new ArgumentException($"{target} name '{name}' is invalid. Name {problem}.", nameof(name));
        }
    }

    private static string? Problem(string name) => name switch
    {
        { Length: < 1 or > MaxLength } => $"must be between 1 and {MaxLength} characters long",
        _ when !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') =>
            "must contain only ASCII letters, digits, and hyphens",
        _ when name.Contains("--", StringComparison.Ordinal) => "cannot contain consecutive hyphens",
        _ when !char.IsAsciiLetter(name[0]) => "must start with an ASCII letter",
        _ when name[^1] == '-' => "cannot end with a hyphen",
        _ => null,
    };
}
