using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Records;

/// <summary>
/// What <c>run.json</c> holds: what the run is made of, and where it stands or how it ended. The run's numbers are
/// properties of their own.
/// </summary>
public sealed record RunFile
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = RunLayout.RunFile;

    /// <summary>The version that this program writes; it reads this one and those before.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the file's format; files from before it was written have version 1.</summary>
    public int FormatVersion { get; init; } = CurrentVersion;

    /// <summary>Name of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>The preset it started from.</summary>
    public required string Preset { get; init; }

    /// <summary>Name of its algorithm; null in files of version 0.1, whose algorithm is the preset's.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The seed of all its generators.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this was written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The program's version with the commit that was built.</summary>
    public string? Version { get; init; }

    /// <summary>The runtime's version.</summary>
    public string? Runtime { get; init; }

    /// <summary>Every setting by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>
    /// Path from the run's folder to the one that holds its experience as <c>RUN-ID/replay</c>; null in files from
    /// before it was recorded.
    /// </summary>
    public string? Experience { get; init; }

    /// <summary>Spaces and the table of the network's layers, lines of text.</summary>
    public string? Summary { get; init; }

    /// <summary>The run's numbers when this was written.</summary>
    [JsonIgnore]
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>Agent steps taken.</summary>
    [JsonIgnore]
    public long Steps => (long)(Numbers[TrainingNumbers.Steps] ?? 0);

    /// <summary>Training episodes finished.</summary>
    [JsonIgnore]
    public long Episodes => (long)(Numbers[TrainingNumbers.Episodes] ?? 0);

    /// <summary>Whether the run can be resumed: one that has ended solved or unsolved has nothing left to do.</summary>
    [JsonIgnore]
    public bool CanResume => State is not (RunState.Solved or RunState.Unsolved);

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    public static RunFile Read(string folder)
    {
        return RecordedJson.Read(Path.Combine(folder, FileName), "a run", json =>
        {
            var file = json.Deserialize<RunFile>(JsonFormat.Compact)
                ?? throw new InvalidDataException("it is empty");
            if (file.FormatVersion > CurrentVersion)
            {
                throw new InvalidDataException(
                    $"it is of format version {file.FormatVersion}; this program reads up to version {CurrentVersion}");
            }

            file.Validate();
            return file with { Numbers = NumberJson.Read(json, TrainingNumbers.Named, "format_version", "seed") };
        });
    }

    /// <summary>Refuses a run that cannot be resumed.</summary>
    /// <exception cref="RunControlException">It has ended; the message says how.</exception>
    public void RequireResumable()
    {
        if (!CanResume)
        {
            throw new RunControlException(
                $"Run {RunId} has ended {State.ToString().ToLowerInvariant()}; "
                + "there is nothing to resume; start a new run.");
        }
    }

    /// <summary>The folder that holds the run's experience as <c>RUN-ID/replay</c>.</summary>
    /// <param name="folder">Absolute path of the run's folder.</param>
    /// <exception cref="RunDirectoryException">
    /// The run's folder was renamed, so its experience is not found.
    /// </exception>
    public string ExperienceRoot(string folder)
    {
        var root = Experience is { } path
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, path)))
            : RunLayout.ExperienceRoot(folder, RunId);
        return root == folder || Path.GetFileName(folder) == RunId
            ? root
            : throw new RunDirectoryException(
                $"{folder} was renamed; its experience is found under the run's own name, {RunId}.");
    }

    /// <summary>Where the run stood when this was written.</summary>
    public TrainingProgress ToProgress()
    {
        var progress = new TrainingProgress { State = State, Summary = Summary ?? "", Numbers = Numbers };
        // The limits may have been changed when the run was resumed.
        return progress with { MaxSteps = Limit("Run:MaxSteps"), MaxEpisodes = Limit("Run:MaxEpisodes") };
    }

    /// <summary>The file's content.</summary>
    public byte[] ToJson()
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(this, JsonFormat.Compact)!;
        NumberJson.AddTo(json, Numbers);
        return Encoding.UTF8.GetBytes(json.ToJsonString(JsonFormat.Indented));
    }

    /// <summary>Checks what the file's types do not say: a record of a damaged file may have nulls and paths.</summary>
    /// <exception cref="InvalidDataException">A value cannot be; the message names it.</exception>
    private void Validate()
    {
        RunLayout.RequireName(RunId, "run_id");
        if (string.IsNullOrEmpty(Preset))
        {
            throw new InvalidDataException("preset is empty");
        }

        if (Settings is null || Settings.Any(setting => setting.Value is null))
        {
            throw new InvalidDataException("settings has no value for one of its names");
        }

        if (Experience?.Contains('\0', StringComparison.Ordinal) == true || Experience is "")
        {
            throw new InvalidDataException("experience is no path");
        }
    }

    private long Limit(string setting) =>
        long.TryParse(
            Settings.GetValueOrDefault(setting), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;
}
