using System.CommandLine;
using DqnAspire.Agents.Settings;
using DqnAspire.Cli.Output;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn settings PRESET</c>: every setting of a preset.</summary>
internal static class SettingsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var preset = Arguments.Preset();
        var set = Arguments.Set();
        var algorithms = Plugins.Algorithms();
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "settings",
            "Lists every setting of a preset: its value, unit, range and meaning.",
            ("dqn settings cartpole", "as published"),
            ("dqn settings nature --set Optimizer:LearningRate=0.0001", "with a change, as training would use it"))
        {
            preset, set, algorithms, json,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var catalog = Plugins.LoadPresets(result.GetRequiredValue(algorithms));
            var changes = result.GetRequiredValue(set).Select(SettingsEditor.Parse);
            var settings = catalog.Resolve(result.GetRequiredValue(preset), changes);
            var list = SettingsEditor.List(settings);
            if (result.GetValue(json))
            {
                JsonText.Print(output, list.Select(s => new { s.Name, s.Value, s.Unit, s.Range, s.Description }));
                return;
            }

            TableText.Print(
                output,
                ["setting", "value", "unit", "range", "meaning"],
                list.Select(s => new[] { s.Name, s.Value, s.Unit, s.Range, s.Description }));
            foreach (var (name, value) in settings.Environment.Options)
            {
                output.WriteLine($"Environment:Options:{name}={value}");
            }

            output.WriteLine("To change one: dqn train PRESET --set Section:Key=value");
        });
        return command;
    }
}
