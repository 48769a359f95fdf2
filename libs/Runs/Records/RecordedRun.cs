using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Records;

/// <summary>A run as its folder describes it, in progress or ended.</summary>
/// <param name="Folder">Absolute path of the folder.</param>
/// <param name="File">What the run is made of and where it stands.</param>
/// <param name="Records">Its log.</param>
/// <param name="Evaluation">Its evaluation, where there has been one.</param>
/// <param name="Policies">The best parameters, then those by step.</param>
public sealed record RecordedRun(
    string Folder,
    RunFile File,
    IReadOnlyList<LogRecord> Records,
    RecordedEvaluation? Evaluation,
    IReadOnlyList<RecordedPolicy> Policies)
{
    /// <summary>What of the folder is damaged and left out, a line each.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

    /// <summary>
    /// Reads a run's folder. Without its <c>run.json</c> it is none; what is damaged of the other files is left out and
    /// told.
    /// </summary>
    /// <exception cref="RunDirectoryException">It is none; the message says why.</exception>
    public static RecordedRun Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        var damage = new List<string>();
        try
        {
            return new RecordedRun(
                folder,
                RunFile.Read(folder),
                [.. RunLog.ReadWhatIsWhole(Path.Combine(folder, RunLog.FileName), damage.Add)],
                RecordedEvaluation.TryRead(folder, damage.Add),
                [.. RecordedPolicy.ReadAll(folder, damage.Add)])
            {
                Damage = damage,
            };
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e) || e is InvalidDataException)
        {
            throw new RunDirectoryException($"{folder} cannot be read as the folder of a run: {e.Message}");
        }
    }
}
