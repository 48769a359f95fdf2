using System.CommandLine;
using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Cli.Output;
using DqnAspire.Cli.Playing;
using DqnAspire.Monitoring;
using DqnAspire.Play.Games;
using DqnAspire.Play.Recordings;
using DqnAspire.Runs.Records;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn record</c>: plays episodes with a policy into a GIF, a video or pictures.</summary>
internal static class RecordCommand
{
    private static readonly Option<string?> Format = new("--format")
    {
        Description = "gif, mp4, webm (both with sound; they need ffmpeg) or png (a folder of pictures) "
            + "[default: as the ending of --output says, else gif].",
        HelpName = "KIND",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The file, or for png the folder [default: in the run's recordings/, named by step and seed].",
        HelpName = "FILE",
    };

    private static readonly Option<int> Scale = new("--scale")
    {
        Description = "Rows that a row of the screen takes; 0: as many as stay below 480 rows.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<bool> NarrowPixels = new("--narrow-pixels")
    {
        Description = "Leaves an Atari's pixels as wide as high; on a television they are twice as wide.",
    };

    private static readonly Option<double> Fps = new("--fps")
    {
        Description = "Pictures a second; 0: the game's own, in a GIF at most 50, so every second of 60.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Speed of play; 0.5: half as fast as the game.",
        HelpName = "X",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Overlay = new("--overlay")
    {
        Description = "Written below the picture: score, value, action; several with commas [default: nothing].",
        HelpName = "LIST",
    };

    private static readonly Option<int?> BestOf = new("--best-of")
    {
        Description = "Plays N episodes and records only the one with the highest return.",
        HelpName = "N",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new PlayOptions(episodes: 1);
        var command = new UserCommand(
            "record",
            "Records what a trained policy plays: a GIF, a video with sound, or pictures. A JSON file beside it "
            + "replays "
            + "it exactly.",
            ("dqn record", "an episode of the newest run's best policy, as a GIF"),
            ("dqn record pong --best-of 10 --format mp4", "the best of ten episodes, with sound"),
            ("dqn record breakout@40000 --overlay score,value", "with the score and the predicted value"),
            ("dqn play runs/pong-s1/recordings/step-40000-seed-1.gif.json", "plays a recording again"));
        options.AddTo(command);
        foreach (var option in (Option[])[Format, Output, Scale, NarrowPixels, Fps, Speed, Overlay, BestOf])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(BestOf) is not null && result.GetResult(options.Episodes) is not null)
            {
                result.AddError("--best-of and --episodes exclude each other: the best one alone is recorded.");
            }
        });
        command.SetAction(async (result, _) =>
        {
            using var signals = new StopSignals();
            try
            {
                // What the user asked for wrongly is said before anything is played.
                var recording = ReadOptions(result);
                RecordingFiles.RequireCanWrite(recording.Format);
                var request = await options.ReadAsync(result, signals.Token).ConfigureAwait(false);
                await RecordAsync(request, recording, result, signals.Token).ConfigureAwait(false);
                return ExitCodes.Success;
            }
            catch (OperationCanceledException) when (signals.ExitCode is { } code)
            {
                return code;
            }
        });
        return command;
    }

    private static RecordingOptions ReadOptions(ParseResult result)
    {
        var ending = result.GetValue(Output) is { } path ? RecordingFiles.FormatOf(path) : null;
        var options = new RecordingOptions
        {
            Format = result.GetValue(Format) is { } name ? ParseFormat(name) : ending ?? RecordingFormat.Gif,
            Scale = result.GetValue(Scale),
            SquarePixels = !result.GetValue(NarrowPixels),
            FrameRate = result.GetValue(Fps),
            Speed = result.GetValue(Speed),
            Overlays = ParseOverlays(result.GetValue(Overlay) ?? ""),
        };
        if (ending is { } other && other != options.Format)
        {
            throw new CommandException(
                $"--output {result.GetValue(Output)} is named as {Name(other)}, and --format asks for "
                + $"{Name(options.Format)}.");
        }

        if (result.GetValue(BestOf) is < 1)
        {
            throw new CommandException("--best-of must be at least 1.");
        }

        options.Validate();
        return options;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static RecordingFormat ParseFormat(string name) =>
        TryParse<RecordingFormat>(name) ?? throw new CommandException(
            $"--format is {string.Join(", ", Enum.GetValues<RecordingFormat>().Select(Name))}, not '{name}'.");

    private static Overlays ParseOverlays(string list) => list
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(name => TryParse<Overlays>(name) ?? throw new CommandException(
            $"--overlay takes score, value and action, not '{name}'."))
        .Aggregate(Overlays.None, (all, one) => all | one);

    private static T? TryParse<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>()
            .Where(value => value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(value => (T?)value)
            .FirstOrDefault();

    private static async Task RecordAsync(
        PlayRequest request, RecordingOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        var output = result.InvocationConfiguration.Output;
        var recorder = new Recorder(request.Lanes);
        var (settings, episodes) = (request.Settings, request.Protocol.Episodes);
        RecordedFilm recorded;
        string path;
        using (var progress = new ProgressLine(output))
        {
            if (result.GetValue(BestOf) is { } candidates)
            {
                settings = await FindBestAsync(recorder, request, candidates, progress, cancellationToken)
                    .ConfigureAwait(false);
            }

            path = Path.GetFullPath(result.GetValue(Output) ?? RecordingFiles.DefaultPath(
                request.Policy.Info, settings.Seed, settings.Epsilon, options.Format));
            recorded = await recorder.RecordAsync(
                path, request.Policy, settings, episodes, options,
                step => Show(progress, step, episodes), cancellationToken).ConfigureAwait(false);
        }

        Print(request, recorded, path, output);
    }

    private static async Task<GameSettings> FindBestAsync(
        Recorder recorder, PlayRequest request, int candidates, ProgressLine progress,
        CancellationToken cancellationToken)
    {
        var played = 0;
        var best = await recorder.FindBestAsync(
            request.Policy, request.Settings, candidates,
            episode => progress.Show(FormattableString.Invariant(
                $"{++played} of {candidates} episodes played; the last one's return is {episode.Return:0.##}")),
            cancellationToken).ConfigureAwait(false);
        return request.Settings with { Seed = best.Seed };
    }

    private static void Show(ProgressLine progress, GameStep step, int episodes)
    {
        if (step.Index % 50 == 0)
        {
            progress.Show(string.Create(
                CultureInfo.InvariantCulture,
                $"Recording episode {step.Episode + 1} of {episodes}: step {step.Index:N0}, "
                + $"return {step.Return:0.##}"));
        }
    }

    private static void Print(PlayRequest request, RecordedFilm recorded, string path, TextWriter output)
    {
        output.WriteLine($"Policy: {request.PolicyText}");
        foreach (var episode in recorded.Episodes)
        {
            output.WriteLine(FormattableString.Invariant(
                $"Episode of seed {episode.Seed}: return {episode.Return:0.##}, {episode.Length:N0} steps"));
        }

        var seconds = recorded.PictureCount / recorded.FramesPerSecond;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{recorded.PictureCount:N0} pictures of {recorded.Width}x{recorded.Height}, "
            + $"{recorded.FramesPerSecond:0.##} a second, {seconds:0.0} s"));
        output.WriteLine($"Recorded: {Terminal.ShortPath(path)}");
        output.WriteLine($"To play it again: dqn play {Terminal.ShortPath(RecordedFilm.PathFor(path))}");
    }
}
