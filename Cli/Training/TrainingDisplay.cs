using System.Globalization;
using System.Runtime.CompilerServices;
using DqnAspire.Agents.Training;
using DqnAspire.Cli.Output;
using DqnAspire.Monitoring;
using DqnAspire.Monitoring.Display;
using DqnAspire.Monitoring.Following;
using DqnAspire.Runs.Sessions;
using Spectre.Console;

namespace DqnAspire.Cli.Training;

/// <summary>Shows runs while they train in this process.</summary>
/// <param name="sessions">The runs.</param>
internal sealed class TrainingDisplay(IReadOnlyList<RunSession> sessions)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(5);

    /// <summary>Shows progress until all runs have ended.</summary>
    /// <param name="training">Completes with the last run.</param>
    public Task ShowAsync(Task training)
    {
        if (sessions.Count == 1)
        {
            var display = new ProgressDisplay("Starting ...", update => update.Status?.Notice ?? "");
            return display.ShowAsync(UpdatesAsync(training, CancellationToken.None), CancellationToken.None);
        }

        return AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? ShowTableAsync(training)
            : ShowLinesAsync(training);
    }

    private async IAsyncEnumerable<ProgressUpdate> UpdatesAsync(
        Task training, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await IsRunningAsync(training, Period, cancellationToken).ConfigureAwait(false))
        {
            yield return new ProgressUpdate(TrainingStatus.Of(sessions[0]), TimeSpan.Zero);
        }

        yield return new ProgressUpdate(TrainingStatus.Of(sessions[0]), TimeSpan.Zero);
    }

    private Task ShowTableAsync(Task training) =>
        AnsiConsole.Live(new Text("Starting ...")).AutoClear(true).StartAsync(async context =>
        {
            while (await IsRunningAsync(training, Period, CancellationToken.None).ConfigureAwait(false))
            {
                context.UpdateTarget(ToTable());
            }
        });

    private async Task ShowLinesAsync(Task training)
    {
        var shown = new Dictionary<string, string>();
        while (await IsRunningAsync(training, LinePeriod, CancellationToken.None).ConfigureAwait(false))
        {
            foreach (var status in sessions.Select(TrainingStatus.Of))
            {
                var line = $"seed {status.Seed}: {ProgressText.Line(status)}";
                if (shown.GetValueOrDefault(status.RunId) != line)
                {
                    shown[status.RunId] = line;
                    Console.WriteLine(line);
                }
            }
        }
    }

    private Table ToTable()
    {
        TrainingNumber[] numbers =
        [
            TrainingNumbers.Steps,
            TrainingNumbers.Episodes,
            TrainingNumbers.MeanReturn100,
            TrainingNumbers.StepsPerSecond,
        ];
        var rows = sessions.Select(TrainingStatus.Of).Select(status => (string[])
        [
            $"{status.Seed}",
            ProgressText.State(status),
            ProgressText.Fraction(status.Progress) is { } fraction ? FormattableString.Invariant($"{fraction:P0}") : "",
            .. numbers.Select(number => Value(status, number)),
            ProgressText.Duration(status.Progress.Elapsed),
            status.Notice.Length > 0 ? status.Notice : status.Error,
        ]);
        var headings = numbers.Select(number => number.Label ?? number.Name);
        return TableText.Create(["seed", "state", "done", .. headings, "time", ""], rows);
    }

    private static string Value(TrainingStatus status, TrainingNumber number) =>
        status.Progress.Numbers[number]?.ToString(number.Format, CultureInfo.InvariantCulture) ?? "";

    private static async Task<bool> IsRunningAsync(Task training, TimeSpan period, CancellationToken cancellationToken)
    {
        await Task.WhenAny(training, Task.Delay(period, cancellationToken)).ConfigureAwait(false);
        return !training.IsCompleted;
    }
}
