using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.TensorBoard;

/// <summary>Writes a run's numbers for TensorBoard, a file for each attempt.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="settings">Everything that the run is made of.</param>
internal sealed class TensorBoardObserver(string folder, TrainingSettings settings) : SessionObserver
{
    private TensorBoardWriter? _events;

    /// <inheritdoc/>
    public override void OnBegin(TrainingProgress progress, StoredCheckpoint? from, bool isNew)
    {
        _events?.Dispose();
        _events = new TensorBoardWriter(folder, settings, isNew ? null : from?.Steps ?? -1);
    }

    /// <inheritdoc/>
    public override void OnProgress(TrainingProgress before, TrainingProgress now) => _events!.Add(now);

    /// <inheritdoc/>
    public override void OnRecord(LogRecord record) => _events!.Add(record);

    /// <inheritdoc/>
    public override void OnEnding(PublishedParameters? last) => _events?.Dispose();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            _events?.Dispose();
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e))
        {
            // The run has ended, and has said so if the disk is full.
        }

        base.Dispose(disposing);
    }
}
