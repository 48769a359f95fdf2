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
    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="RunDirectoryException">It is none; the message says why.</exception>
    public static RecordedRun Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            return new RecordedRun(
                folder,
                RunFile.Read(folder),
                [.. RunLog.Read(Path.Combine(folder, RunLog.FileName))],
                RecordedEvaluation.Read(folder),
                [.. RecordedPolicy.ReadAll(folder)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RunDirectoryException($"{folder} cannot be read as the folder of a run: {e.Message}");
        }
    }
}
