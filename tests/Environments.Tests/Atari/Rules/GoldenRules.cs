namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>Recorded data about rules that is embedded here.</summary>
internal static class GoldenRules
{
    private const string Prefix = "golden-rules/";

    public static IEnumerable<string> Names => typeof(GoldenRules).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..]);

    public static Stream Open(string name) => typeof(GoldenRules).Assembly.GetManifestResourceStream(Prefix + name)!;
}
