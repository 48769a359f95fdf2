using System.CommandLine;
using DqnAspire.Cli.Output;
using DqnAspire.Core;
using DqnAspire.Environments;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.Cli.Commands;

/// <summary>
/// <c>dqn envs</c>: the environments that can be opened on this machine, and what is missing for the others.
/// </summary>
internal static class EnvironmentsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var filter = new Argument<string?>("text")
        {
            Description = "Lists only environments with this text in their id or description.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "TEXT",
        };
        var all = new Option<bool>("--all") { Description = "Also list each environment that cannot be opened here." };
        var assemblies = Plugins.Environments();
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "envs",
            "Lists the environments that can be opened on this machine, and what is missing for the others.",
            ("dqn envs", "what can be played here"),
            ("dqn envs pong", "the ids of one game, and what it needs"))
        {
            filter, all, assemblies, json,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var text = result.GetValue(filter);
            var registry = Plugins.LoadEnvironments(result.GetRequiredValue(assemblies));
            var found = registry.Definitions
                .Where(definition => text is null || Matches(definition, text))
                .Select(definition => new Found(definition, definition.FindProblem(), definition.FindWarning()))
                .OrderBy(environment => environment.Problem is not null)
                .ToList();
            if (found.Count == 0)
            {
                var names = registry.Definitions.Select(definition => definition.Id.Split('-')[0]);
                var meant = Spelling.Nearest(text!, names) is { } name ? $" Did you mean '{name}'?" : "";
                throw new CommandException(
                    $"No environment has '{Spelling.Echo(text!)}' in its id or description.{meant}");
            }

            if (result.GetValue(json))
            {
                JsonText.Print(output, found.Select(e => new
                {
                    e.Definition.Id,
                    e.Definition.Description,
                    CanBeOpened = e.Problem is null,
                    Missing = e.Problem,
                    e.Warning,
                    Options = e.Definition.Options.Select(o => new { o.Name, o.DefaultValue, o.Description }),
                }));
                return;
            }

            Print(output, found, listMissing: text is not null || result.GetValue(all));
        });
        return command;
    }

    private static bool Matches(EnvironmentDefinition definition, string text) =>
        definition.Id.Contains(text, StringComparison.OrdinalIgnoreCase)
        || definition.Description.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static void Print(TextWriter output, IReadOnlyList<Found> found, bool listMissing)
    {
        var here = found.Where(environment => environment.Problem is null).ToList();
        if (here.Count > 0)
        {
            TableText.Print(
                output,
                ["environment", "what it is"],
                here.Select(e => new[] { e.Definition.Id, $"{e.Definition.Description} {e.Warning}".TrimEnd() }));
        }

        var missing = found.Where(environment => environment.Problem is not null).ToList();
        if (listMissing && missing.Count > 0)
        {
            output.WriteLine("Not on this machine:");
            TableText.Print(output, ["environments", "what is missing"], missing.GroupBy(e => e.Problem!).Select(
                group => new[] { string.Join(", ", group.Select(e => e.Definition.Id)), group.Key }));
        }
        else if (missing.Count > 0)
        {
            var where = Environment.GetEnvironmentVariable(CartridgeShelf.FolderVariable) is { Length: > 0 } folder
                ? $"{folder} ({CartridgeShelf.FolderVariable})"
                : $"the folder that the environment variable {CartridgeShelf.FolderVariable} names; it is not set";
            output.WriteLine($"{missing.Count} more need a cartridge in {where}.");
            output.WriteLine("`dqn envs TEXT` says what an environment needs, `dqn roms` which cartridges were found.");
        }
    }

    /// <summary>An environment, and whether it can be opened here.</summary>
    /// <param name="Definition">The environment.</param>
    /// <param name="Problem">What is missing; null: it can be opened.</param>
    /// <param name="Warning">What is doubtful about it; null: nothing is.</param>
    private sealed record Found(EnvironmentDefinition Definition, string? Problem, string? Warning);
}
