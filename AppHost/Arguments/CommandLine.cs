using System.CommandLine;
using DqnAspire.Agents.Presets;
using DqnAspire.Runs.Records;

namespace DqnAspire.AppHost.Arguments;

/// <summary>The options of <c>dotnet run --project AppHost -- ...</c>.</summary>
public static class CommandLine
{
    private const int MaxPortOffset = 40_000;

    /// <summary>Reads the command line and runs the system with it.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="run">Gets the options, gives the exit code.</param>
    /// <returns>The exit code: that of <paramref name="run"/>, or 1 when the arguments cannot be read.</returns>
    public static Task<int> InvokeAsync(string[] args, Func<AppHostOptions, Task<int>> run)
    {
        var preset = new Option<string?>("--preset")
        {
            Description = $"The recipe to train: {string.Join(", ", PresetCatalog.All.Select(p => p.Name))} [default: {PresetCatalog.Default}].",
            HelpName = "NAME",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "Changes a setting of the preset; can be given several times. An unknown name lists all.",
            HelpName = "Section:Key=value",
            DefaultValueFactory = _ => [],
        };
        var seed = new Option<ulong?>("--seed") { Description = "Short for --set Run:Seed=N.", HelpName = "N" };
        var untilDone = new Option<bool>("--until-done")
        {
            Description = "Stop when the run has ended: exit code 0 when it was solved, 2 when not.",
        };
        var headless = new Option<bool>("--headless") { Description = "No dashboard." };
        var runDirectory = new Option<string?>("--run-dir")
        {
            Description = "The run's own folder, absent or empty. Without it, a new folder in runs/.",
            HelpName = "DIR",
        };
        var resume = new Option<string?>("--resume")
        {
            Description = "Resumes a run, exactly from its newest checkpoint: its folder, or its id in runs/. Of its settings only "
                + $"{string.Join(", ", RecordedSettings.Changeable)} can be changed.",
            HelpName = "RUN",
        };
        var portOffset = new Option<int>("--port-offset")
        {
            Description = "Added to every port (dashboard 18888..18890, services 5101..5104 and 5111..5114, Redis 5105).",
            HelpName = "N",
        };
        var redis = new Option<string?>("--redis")
        {
            Description = "Keep experience in Redis: in the one with this connection string, or else in one of our own (redis-server from the PATH, or a container).",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "HOST:PORT,...",
        };
        portOffset.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > MaxPortOffset)
            {
                result.AddError($"--port-offset must be from 0 to {MaxPortOffset}.");
            }
        });

        var root = new RootCommand("Trains Deep Q-Networks: starts every service, a run and the dashboard.")
        {
            preset, set, seed, untilDone, headless, runDirectory, resume, portOffset, redis,
        };
        root.Validators.Add(result =>
        {
            Option[] ofNewRuns = [preset, seed, runDirectory];
            foreach (var option in ofNewRuns.Where(option => result.GetResult(resume) is not null && result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"{option.Name} and --resume exclude each other: a resumed run has its own.");
            }
        });
        root.SetAction((result, _) =>
        {
            var settings = new List<string>(result.GetValue(set)!);
            if (result.GetValue(seed) is { } value)
            {
                settings.Add($"Run:Seed={value}");
            }

            return run(new AppHostOptions(
                result.GetValue(preset),
                settings,
                result.GetValue(untilDone),
                result.GetValue(headless),
                result.GetValue(runDirectory),
                result.GetValue(resume),
                result.GetValue(portOffset),
                result.GetResult(redis) is null ? null : result.GetValue(redis) ?? ""));
        });

        // Signals are the host's: it stops the services in order.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
