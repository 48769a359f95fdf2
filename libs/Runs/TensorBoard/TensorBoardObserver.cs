using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Runs.TensorBoard;

/// <summary>
/// Writes a run's numbers as a TensorBoard event file into its folder, over agent steps and under the names that CleanRL uses,
/// so that runs of both can be looked at side by side.
/// </summary>
public sealed class TensorBoardObserver : ITrainingObserver, IDisposable
{
    private static readonly TimeSpan RatePeriod = TimeSpan.FromSeconds(2);

    private readonly EventFileWriter _events;
    private readonly List<KeyValuePair<string, double>> _scalars = [];
    private TimeSpan _ratesWritten;

    /// <summary>Begins the file with the run's settings.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="settings">Everything that the run is made of.</param>
    /// <param name="resumedAt">Agent steps at which a run that was stopped goes on; null for a new run.</param>
    /// <exception cref="RunDirectoryException">The file cannot be made or written.</exception>
    public TensorBoardObserver(string folder, TrainingSettings settings, long? resumedAt = null)
    {
        try
        {
            _events = new EventFileWriter(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunDirectoryException($"Run directory {folder} cannot be written: {e.Message}");
        }

        if (resumedAt is { } steps)
        {
            // What was done at that step is kept; the next one is done anew.
            _events.ResumeAt(steps + 1);
            return;
        }

        var table = new Reports.MarkdownTable("setting", "value");
        foreach (var setting in SettingsEditor.List(settings))
        {
            table.Add(setting.Name, setting.Value);
        }

        _events.AddText(0, "hyperparameters", table.ToString());
    }

    /// <summary>The file.</summary>
    public string Path => _events.Path;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnProgress(TrainingProgress progress)
    {
        if (progress.Elapsed - _ratesWritten < RatePeriod)
        {
            return;
        }

        _ratesWritten = progress.Elapsed;
        Add("charts/SPS", progress.StepsPerSecond);
        Add("charts/updates_per_second", progress.UpdatesPerSecond);
        Add("charts/mean_return_100", progress.MeanReturn100);
        Write(progress.Steps);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnRecord(LogRecord record)
    {
        Add("charts/episodic_return", record.Return);
        Add("charts/episodic_length", record.Length);
        Add("charts/epsilon", record.Epsilon);
        Add("losses/td_loss", record.Loss);
        Add("eval/episodic_return", record.ValidationReturn);
        if (record.ActionCounts is { } counts && counts.Sum() is > 0 and var sum)
        {
            for (var action = 0; action < counts.Count; action++)
            {
                Add($"actions/{action}", (double)counts[action] / sum);
            }
        }

        Write(record.Steps);
    }

    /// <inheritdoc/>
    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        // Parameters are files of their own.
    }

    /// <inheritdoc/>
    public void OnCheckpoint(Checkpoint checkpoint)
    {
        // Checkpoints are files of their own.
    }

    /// <summary>Closes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Dispose() => _events.Dispose();

    private void Add(string tag, double? value)
    {
        if (value is { } number)
        {
            _scalars.Add(new(tag, number));
        }
    }

    private void Write(long step)
    {
        _events.AddScalars(step, _scalars);
        _scalars.Clear();
    }
}
