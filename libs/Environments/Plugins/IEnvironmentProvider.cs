namespace DqnAspire.Environments.Plugins;

/// <summary>
/// Says which environments an assembly brings. A plugin has one public class of this kind, or several, each with a
/// constructor without parameters.
/// </summary>
public interface IEnvironmentProvider
{
    /// <summary>Definitions of the environments, in the order they are to be listed.</summary>
    IEnumerable<EnvironmentDefinition> Environments { get; }
}
