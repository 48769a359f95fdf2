using System.Text.Json;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Folders;

/// <summary>Writes a policy's two files: its parameters, and what they are for.</summary>
/// <param name="runId">Name of the run.</param>
/// <param name="settings">Everything that the run is made of.</param>
internal sealed class PolicyWriter(string runId, TrainingSettings settings)
{
    /// <summary>Writes a policy into a folder, replacing the one that is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="validationReturn">Their validation score, where it is known.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write(string folder, PublishedParameters parameters, double? validationReturn)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, write) in Files(parameters, validationReturn))
        {
            AtomicFile.Write(Path.Combine(folder, name), write);
        }
    }

    /// <summary>The files by name, for a folder that is written as a whole.</summary>
    public IReadOnlyDictionary<string, Action<Stream>> Files(
        PublishedParameters parameters, double? validationReturn) =>
        new Dictionary<string, Action<Stream>>
        {
            [RunLayout.Parameters] = stream => stream.Write(parameters.File.Span),
            [RunLayout.Policy] = stream => stream.Write(Describe(parameters, validationReturn)),
        };

    private byte[] Describe(PublishedParameters parameters, double? validationReturn) =>
        JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            RunId = runId,
            parameters.Architecture,
            Environment = settings.Environment.Id,
            parameters.Steps,
            ValidationReturn = validationReturn,
        },
        JsonFormat.Indented);
}
