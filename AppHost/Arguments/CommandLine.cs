using System.CommandLine;
using DqnAspire.Agents.Presets;
using DqnAspire.Monitoring;
using DqnAspire.Runs.Records;

namespace DqnAspire.AppHost.Arguments;

/// <summary>The options of <c>dotnet run --project AppHost -- ...</c>.</summary>
public static class CommandLine
{
    private const int MaxPortOffset = 40_000;

    private static readonly Option<string?> Preset = new("--preset")
    {
        Description = $"The recipe to train: {string.Join(", ", PresetCatalog.BuiltIn.All.Select(p => p.Name))} "
            + $"[default: {PresetCatalog.DefaultName}].",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Changes a setting of the preset; can be given several times. An unknown name lists all.",
        HelpName = "Section:Key=value",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<ulong?> Seed = new("--seed")
    {
        Description = "Short for --set Run:Seed=N.",
        HelpName = "N",
        CustomParser = NumberArgument.Optional<ulong>,
    };

    private static readonly Option<bool> UntilDone = new("--until-done")
    {
        Description = $"Stop when the run has ended: exit code {ExitCodes.Success} when it was solved, "
            + $"{ExitCodes.Unsolved} when not.",
    };

    private static readonly Option<bool> Headless = new("--headless") { Description = "No dashboard." };

    private static readonly Option<string?> RunDirectory = new("--run-dir")
    {
        Description = "The run's own folder, absent or empty. Without it, a new folder in runs/.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Resumes a run, exactly from its newest checkpoint: its folder, or its id in runs/. "
            + $"Of its settings only {string.Join(", ", RecordedSettings.Changeable)} can be changed.",
        HelpName = "RUN",
    };

    private static readonly Option<string?> Show = new("--show")
    {
        Description =
            "Trains nothing: plays what was trained, on the page. A run's folder or id, with @best, @latest or "
            + "@STEPS behind it, a checkpoint's folder, or a safetensors file.",
        HelpName = "POLICY",
    };

    private static readonly Option<int> PortOffset = new("--port-offset")
    {
        Description = "Added to every port, of the dashboard, the services and Redis.",
        HelpName = "N",
        CustomParser = NumberArgument.Required<int>,
    };

    private static readonly Option<string?> Redis = new("--redis")
    {
        Description = "Keep experience in Redis: in the one with this connection string, given here, in a file "
            + "(@FILE) or, for a password, in ConnectionStrings__redis, or else in one that this system starts "
            + "(redis-server from the PATH, or a container).",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "HOST:PORT,...",
    };

    /// <summary>Reads the command line and runs the system with it.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="run">Receives the options and returns the exit code.</param>
    /// <returns>The exit code: that of <paramref name="run"/>, or 1 when the arguments cannot be read.</returns>
    public static Task<int> InvokeAsync(string[] args, Func<AppHostOptions, Task<int>> run)
    {
        var root = new RootCommand("Trains Deep Q-Networks: starts every service, a run and the dashboard.")
        {
            Preset, Set, Seed, UntilDone, Headless, RunDirectory, Resume, Show, PortOffset, Redis,
        };
        root.Validators.Add(result =>
        {
            if (result.GetResult(Show) is not null)
            {
                Option[] ofTraining = [Preset, Set, Seed, UntilDone, RunDirectory, Resume, Redis];
                foreach (var option in ofTraining.Where(o => result.GetResult(o) is { Implicit: false }))
                {
                    result.AddError($"{option.Name} and --show exclude each other: nothing is trained.");
                }
            }

            Option[] ofNewRuns = [Preset, Seed, RunDirectory];
            var isResumed = result.GetResult(Resume) is not null;
            var contradicting = ofNewRuns.Where(option => result.GetResult(option) is { Implicit: false });
            foreach (var option in isResumed ? contradicting : [])
            {
                result.AddError($"{option.Name} and --resume exclude each other: a resumed run has its own.");
            }
        });
        root.SetAction((result, _) => result.GetValue(PortOffset) is < 0 or > MaxPortOffset
            ? Task.FromResult(Terminal.Fail($"{PortOffset.Name} must be from 0 to {MaxPortOffset}."))
            : run(Read(result)));

        // Signals are the host's: it stops the services in order.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static AppHostOptions Read(ParseResult result)
    {
        var settings = new List<string>(result.GetRequiredValue(Set));
        if (result.GetValue(Seed) is { } seed)
        {
            settings.Add($"Run:Seed={seed}");
        }

        return new AppHostOptions
        {
            Preset = result.GetValue(Preset),
            Settings = settings,
            UntilDone = result.GetValue(UntilDone),
            Headless = result.GetValue(Headless),
            RunDirectory = result.GetValue(RunDirectory),
            Resume = result.GetValue(Resume),
            Show = result.GetValue(Show),
            PortOffset = result.GetValue(PortOffset),
            UsesRedis = result.GetResult(Redis) is not null,
            Redis = result.GetValue(Redis),
        };
    }
}
