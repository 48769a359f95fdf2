using System.Text;
using System.Text.Json.Nodes;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Records;

/// <summary>What <c>evaluation.json</c> holds: the evaluation of a run's policy after training.</summary>
/// <param name="Protocol">How it was played, in words.</param>
/// <param name="Summary">What came of it.</param>
public sealed record RecordedEvaluation(string Protocol, EvaluationSummary Summary)
{
    private const string ProtocolName = "protocol";

    /// <summary>
    /// The episode with the highest return, for a recording; null where it is not known. It is not in the file.
    /// </summary>
    public EpisodeResult? Best { get; init; }

    /// <summary>Reads the file of a folder.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static RecordedEvaluation? Read(string folder)
    {
        var path = Path.Combine(folder, RunLayout.Evaluation);
        if (!File.Exists(path))
        {
            return null;
        }

        return RecordedJson.Read(path, "an evaluation", json => new RecordedEvaluation(
            json.GetProperty(ProtocolName).GetString() ?? "",
            new EvaluationSummary(NumberJson.Read(json, EvaluationNumbers.Named))));
    }

    /// <summary>Reads the file of a folder, where it can be read.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="damaged">Gets a line where it cannot.</param>
    /// <returns>Null when there is none that can be read.</returns>
    public static RecordedEvaluation? TryRead(string folder, Action<string>? damaged = null)
    {
        try
        {
            return Read(folder);
        }
        catch (Exception e) when (e is InvalidDataException || RunDirectory.IsRefusal(e))
        {
            damaged?.Invoke(e.Message);
            return null;
        }
    }

    /// <summary>Writes the file of a folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder)
    {
        var json = new JsonObject { [ProtocolName] = Protocol };
        NumberJson.AddTo(json, Summary.Numbers);
        AtomicFile.Write(
            Path.Combine(folder, RunLayout.Evaluation), Encoding.UTF8.GetBytes(json.ToJsonString(JsonFormat.Indented)));
    }
}
