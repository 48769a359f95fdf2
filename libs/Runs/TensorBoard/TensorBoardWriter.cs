using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Reports;

namespace DqnAspire.Runs.TensorBoard;

/// <summary>
/// Writes a run's numbers as a TensorBoard event file into its folder, over agent steps and under the names that
/// CleanRL uses, so that runs of both can be looked at side by side.
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    private static readonly TimeSpan RatePeriod = TimeSpan.FromSeconds(2);

    private readonly EventFileWriter _events;
    private readonly List<KeyValuePair<string, double>> _scalars = [];
    private TimeSpan _ratesWritten;

    /// <summary>Begins the file with the run's settings.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="settings">Everything that the run is made of.</param>
    /// <param name="resumedAt">Agent steps at which a run that was stopped is resumed; null for a new run.</param>
    /// <exception cref="RunDirectoryException">The file cannot be made or written.</exception>
    public TensorBoardWriter(string folder, TrainingSettings settings, long? resumedAt = null)
    {
        try
        {
            _events = new EventFileWriter(folder);
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e))
        {
            throw RunDirectory.CannotWrite(folder, e);
        }

        if (resumedAt is { } steps)
        {
            // That step is kept; the next one is done again.
            _events.ResumeAt(steps + 1);
            return;
        }

        var table = new MarkdownTable("setting", "value");
        foreach (var setting in SettingsEditor.List(settings))
        {
            table.Add(setting.Name, setting.Value);
        }

        _events.AddText(0, "hyperparameters", table.ToString());
    }

    /// <summary>The file.</summary>
    public string Path => _events.Path;

    /// <summary>Writes the rates, when they were last written a while ago.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(TrainingProgress progress)
    {
        if (progress.Elapsed - _ratesWritten < RatePeriod)
        {
            return;
        }

        _ratesWritten = progress.Elapsed;
        AddCharts(progress.Numbers, ChartSource.Progress);
        Write(progress.Steps);
    }

    /// <summary>Writes the numbers of a line of the log.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(LogRecord record)
    {
        AddCharts(record.Numbers, ChartSource.Records);
        if (record.ActionCounts is { } counts && counts.Sum() is > 0 and var sum)
        {
            for (var action = 0; action < counts.Count; action++)
            {
                _scalars.Add(new($"actions/{action}", (double)counts[action] / sum));
            }
        }

        Write(record.Steps);
    }

    /// <summary>Closes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Dispose() => _events.Dispose();

    private void AddCharts(NumberSet numbers, ChartSource source)
    {
        foreach (var (number, value) in numbers)
        {
            if (number.Chart is { } tag && number.ChartSource == source)
            {
                _scalars.Add(new(tag, value));
            }
        }
    }

    private void Write(long step)
    {
        _events.AddScalars(step, _scalars);
        _scalars.Clear();
    }
}
