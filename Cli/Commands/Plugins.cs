using System.CommandLine;
using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Presets;
using DqnAspire.Core.Plugins;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.Plugins;

namespace DqnAspire.Cli.Commands;

/// <summary>Environments and algorithms from assemblies that are built outside of this product.</summary>
internal static class Plugins
{
    /// <summary>The option that names assemblies with environments.</summary>
    public static Option<string[]> Environments() => new("--environments")
    {
        Description = "An assembly with environments; can be given several times.",
        HelpName = "FILE.dll",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The option that names assemblies with algorithms and presets.</summary>
    public static Option<string[]> Algorithms() => new("--algorithms")
    {
        Description = "An assembly with algorithms and their presets; can be given several times.",
        HelpName = "FILE.dll",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The built-in environments and those of assemblies.</summary>
    /// <exception cref="PluginException">An assembly cannot be used; the message names it.</exception>
    public static EnvironmentRegistry LoadEnvironments(string[] assemblies) =>
        EnvironmentPlugins.Load(BuiltInEnvironments.Registry, assemblies);

    /// <summary>The built-in presets and algorithms and those of assemblies.</summary>
    /// <exception cref="Agents.Settings.SettingException">An assembly cannot be used; the message names it.</exception>
    public static PresetCatalog LoadPresets(string[] assemblies) =>
        AlgorithmPlugins.Load(PresetCatalog.BuiltIn, assemblies);
}
