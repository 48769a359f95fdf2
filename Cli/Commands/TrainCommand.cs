using System.CommandLine;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Cli.Output;
using DqnAspire.Cli.Training;
using DqnAspire.Core;
using DqnAspire.Monitoring;
using DqnAspire.Monitoring.Display;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Cli.Commands;

/// <summary>
/// <c>dqn train</c>: trains a preset in this process, without services; several seeds side by side. Every run gets a
/// whole folder, with checkpoints, the evaluation after training, and its experience.
/// </summary>
internal static class TrainCommand
{
    /// <summary>What a timer can count: some 49 days.</summary>
    private const int MaxMinutes = 70_000;

    private static readonly Argument<string?> Preset = new("preset")
    {
        Description = "A preset's name, see `dqn presets`, or the path of a preset file "
            + $"[default: {PresetCatalog.DefaultName}].",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "PRESET",
    };

    private static readonly Option<string[]> Set = Arguments.Set();

    private static readonly Option<ulong?> Seed = new("--seed")
    {
        Description = "Short for --seeds N.",
        HelpName = "N",
        CustomParser = NumberArgument.Optional<ulong>,
    };

    private static readonly Option<string?> Seeds = new("--seeds")
    {
        Description = "Seeds, a run each: 1..5 or 1,2,3.",
        HelpName = "LIST",
    };

    private static readonly Option<int?> Jobs = new("--jobs")
    {
        Description = "Runs that are trained at the same time [default: one for each processor].",
        HelpName = "N",
        CustomParser = NumberArgument.Optional<int>,
    };

    private static readonly Option<string> RunsFolder = Arguments.RunsFolder();

    private static readonly Option<string?> RunFolder = new("--run-dir")
    {
        Description = "The run's own folder, absent or empty, instead of a new one in the runs folder.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Resumes a run, exactly from its newest checkpoint: its folder, or its id in the runs folder. "
            + $"Of its settings only {string.Join(", ", RecordedSettings.Changeable)} can be changed.",
        HelpName = "RUN",
    };

    private static readonly Option<double?> Minutes = new("--minutes")
    {
        Description = "Stops each run after this time, with a checkpoint.",
        HelpName = "M",
        CustomParser = NumberArgument.Optional<double>,
    };

    private static readonly Option<string[]> Environments = Plugins.Environments();

    private static readonly Option<string[]> Algorithms = Plugins.Algorithms();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new UserCommand(
            "train",
            "Trains a preset in this process. Ctrl-C writes a checkpoint and says how to resume.",
            ("dqn train", $"train {PresetCatalog.DefaultName}"),
            ("dqn train cartpole --seeds 1..5", "five runs side by side"),
            ("dqn train nature --set Environment:Id=ALE/Pong-v5", "with a change"),
            ("dqn train --resume cartpole-s1-20260101-120000", "continue exactly from the newest checkpoint"))
        {
            Preset, Set, Seed, Seeds, Jobs, RunsFolder, RunFolder, Resume, Minutes, Environments, Algorithms,
        };
        command.Validators.Add(result =>
        {
            Symbol[] ofNewRuns = [Preset, Seed, Seeds, RunFolder];
            var isResumed = result.GetResult(Resume) is not null;
            foreach (var symbol in ofNewRuns.Where(symbol => isResumed && IsGiven(symbol)))
            {
                var name = symbol is Argument ? "PRESET" : symbol.Name;
                result.AddError($"{name} and --resume exclude each other: a resumed run has its own.");
            }

            if (IsGiven(Seed) && IsGiven(Seeds))
            {
                result.AddError("--seed and --seeds exclude each other.");
            }

            bool IsGiven(Symbol symbol) => symbol switch
            {
                Option option => result.GetResult(option) is { Implicit: false },
                Argument argument => result.GetResult(argument) is { Tokens.Count: > 0 },
                _ => false,
            };
        });
        command.SetAction((result, _) => RunAsync(
            Read(result), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return command;
    }

    private static TrainRequest Read(ParseResult result) => new()
    {
        Presets = Plugins.LoadPresets(result.GetRequiredValue(Algorithms)),
        Environments = Plugins.LoadEnvironments(result.GetRequiredValue(Environments)),
        Preset = result.GetValue(Preset),
        Changes = [.. result.GetRequiredValue(Set).Select(SettingsEditor.Parse)],
        Seeds = result.GetValue(Seed) is { } seed ? [seed]
            : result.GetValue(Seeds) is { } list ? SeedList.Parse(list)
            : [],
        RunsFolder = result.GetRequiredValue(RunsFolder),
        RunFolder = result.GetValue(RunFolder),
        Resume = result.GetValue(Resume),
        Jobs = (result.GetValue(Jobs) ?? Environment.ProcessorCount) is >= 1 and var jobs
            ? jobs
            : throw new CommandException("--jobs must be at least 1."),
        TimeLimit = result.GetValue(Minutes) is { } minutes ? ToTime(minutes) : null,
    };

    private static TimeSpan ToTime(double minutes) => minutes is > 0 and <= MaxMinutes
        ? TimeSpan.FromMinutes(minutes)
        : throw new CommandException($"--minutes must be above 0 and at most {MaxMinutes}.");

    private static async Task<int> RunAsync(TrainRequest request, TextWriter output, TextWriter error)
    {
        using var signals = new StopSignals();
        var runs = PlannedRun.Plan(request);
        if (runs is [{ Recorded: { } recorded, Folder: var folder }])
        {
            output.WriteLine(ProgressText.Resuming(recorded, Terminal.ShortPath(folder)));
        }

        using var notice = signals.Token.Register(
            () => output.WriteLine("Stopping; each run writes a checkpoint. (Ctrl-C again ends at once.)"));
        var sessions = new List<RunSession>();
        try
        {
            sessions.AddRange(runs.Select(run => run.Open(request, isAlone: request.Jobs == 1 || runs.Count == 1)));
            var training = SessionGroup.TrainAsync(sessions, request.Jobs, signals.Token);
            await new TrainingDisplay(sessions).ShowAsync(training).ConfigureAwait(false);
            await training.ConfigureAwait(false);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }

        var ended = sessions.ConvertAll(TrainingStatus.Of);
        ShowEnd(ended, output, error);
        return signals.ExitCode ?? ExitCode(ended.ConvertAll(status => status.Progress.State));
    }

    private static int ExitCode(IReadOnlyCollection<RunState> ends) =>
        ends.Contains(RunState.Failed) ? ExitCodes.Failure
        : ends.All(end => end == RunState.Solved) ? ExitCodes.Success
        : ExitCodes.Unsolved;

    /// <summary>Says how the runs ended; the lines that begin with "result:" are for scripts.</summary>
    private static void ShowEnd(IReadOnlyList<TrainingStatus> ended, TextWriter output, TextWriter error)
    {
        if (ended.Count > 1)
        {
            var comparison = new RunComparison(Arguments.ReadRuns([.. ended.Select(status => status.Folder)]));
            TableText.Print(output, RunComparison.Headings, comparison.Rows);
            TableText.Print(output, RunComparison.SummaryHeadings, comparison.Summaries);
        }

        foreach (var status in ended)
        {
            if (status.Progress.State == RunState.Failed)
            {
                error.WriteLine(ErrorLine.Of(ended.Count > 1 ? $"seed {status.Seed}: {status.Error}" : status.Error));
                continue;
            }

            if (RecordedFilm.ReadAll(status.Folder) is [.., var film])
            {
                var path = Path.Combine(status.Folder, RunLayout.Recordings, film.Pictures);
                output.WriteLine($"Recorded an episode: {Terminal.ShortPath(path)}");
            }

            var lines = ended.Count > 1
                ? [ProgressText.ResultLine(status)]
                : ProgressText.Result(status, "in this process");
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }
        }

        foreach (var status in ended.Where(status => status.Progress.State == RunState.Stopped))
        {
            var command = $"dqn train --resume {Terminal.ShortPath(status.Folder)}";
            output.WriteLine(ProgressText.Stopped(status.Progress.Steps, command));
        }
    }
}
