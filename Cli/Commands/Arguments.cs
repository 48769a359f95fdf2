using System.CommandLine;
using DqnAspire.Agents.Presets;
using DqnAspire.Runs.Records;

namespace DqnAspire.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Arguments
{
    /// <summary>The preset; the default one if it is not named.</summary>
    public static Argument<string> Preset() => new("preset")
    {
        Description = "A preset's name, see `dqn presets`, or the path of a preset file.",
        DefaultValueFactory = _ => PresetCatalog.DefaultName,
        HelpName = "PRESET",
    };

    /// <summary>Changes to a preset's settings.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Changes a setting of the preset; can be given several times. `dqn settings PRESET` lists all.",
        HelpName = "Section:Key=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The folder in which every run has a folder.</summary>
    public static Option<string> RunsFolder() => new("--runs")
    {
        Description = "The folder in which every run has a folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs",
    };

    /// <summary>The folders of runs, at least one.</summary>
    public static Argument<string[]> RunFolders() => new("run-dir")
    {
        Description = "The folder of a run; can be given several times.",
        HelpName = "RUN-DIR",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Reads the runs that <see cref="RunFolders"/> names.</summary>
    public static IReadOnlyList<RecordedRun> ReadRuns(string[] folders) => [.. folders.Select(RecordedRun.Read)];
}
