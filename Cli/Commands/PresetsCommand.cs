using System.CommandLine;
using DqnAspire.Agents.Presets;
using DqnAspire.Cli.Output;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn presets</c>: the recipes that can be trained.</summary>
internal static class PresetsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var algorithms = Plugins.Algorithms();
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "presets",
            "Lists the presets: recipes with every number that training needs.",
            ("dqn presets", "all of them"),
            ("dqn settings cartpole", "every setting of one"),
            ("dqn train cartpole", "train it"))
        {
            algorithms, json,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var catalog = Plugins.LoadPresets(result.GetRequiredValue(algorithms));
            var presets = catalog.All.Select(preset => (preset, settings: preset.CreateSettings())).ToList();
            if (result.GetValue(json))
            {
                JsonText.Print(output, presets.Select(p => new
                {
                    p.preset.Name,
                    p.preset.Description,
                    Environment = p.settings.Environment.Id,
                    IsDefault = p.preset.Name == PresetCatalog.DefaultName,
                }));
                return;
            }

            TableText.Print(
                output,
                ["preset", "environment", "what it is"],
                presets.Select(p => new[] { p.preset.Name, p.settings.Environment.Id, p.preset.Description }));
            output.WriteLine($"Without a name, `dqn train` trains {PresetCatalog.DefaultName}.");
        });
        return command;
    }
}
