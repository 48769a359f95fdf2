using DqnAspire.Agents.Training;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>A run as a comparison needs it, from a folder or from a service.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Preset">The preset it started from.</param>
/// <param name="Seed">The seed of all its generators.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Numbers">Its numbers.</param>
/// <param name="Evaluation">The evaluation after training; null: there has been none.</param>
public sealed record ComparedRun(
    string Name, string Preset, ulong Seed, RunState State, NumberSet Numbers, RecordedEvaluation? Evaluation)
{
    /// <summary>A run that was read from its folder.</summary>
    public static ComparedRun Of(RecordedRun run) =>
        new(
            Path.GetFileName(run.Folder),
            run.File.Preset,
            run.File.Seed,
            run.File.State,
            run.File.Numbers,
            run.Evaluation);
}
