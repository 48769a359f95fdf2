namespace DqnAspire.EnvService;

/// <summary>
/// Where environments come from beside those that the product brings; section "Environments" of the configuration.
/// </summary>
public sealed class EnvironmentSources
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Environments";

    /// <summary>
    /// Files of assemblies with an <see cref="DqnAspire.Environments.Plugins.IEnvironmentProvider"/>, absolute or
    /// relative to the working directory.
    /// </summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>
    /// Addresses of other EnvServices, such as http://127.0.0.1:6001, whose environments are offered here too.
    /// </summary>
    public IReadOnlyList<string> Services { get; init; } = [];
}
