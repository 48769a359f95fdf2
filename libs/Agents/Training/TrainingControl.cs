using System.Globalization;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Training;

/// <summary>
/// How others reach into a run, from any thread: training asks between two steps. A run that nobody touches is a
/// function of its seed; one whose settings are changed while it trains is not.
/// </summary>
public sealed class TrainingControl
{
    /// <summary>Guards every field and property but <see cref="IsStopRequested"/>.</summary>
    private readonly Lock _lock = new();
    private TaskCompletionSource? _paused;
    private bool _checkpoint;

    /// <summary>Step size instead of the settings' one; null: the settings'.</summary>
    public double? LearningRate
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }

        set
        {
            lock (_lock)
            {
                field = value;
            }
        }
    }

    /// <summary>Agent steps from one update to the next instead of the settings' number; null: the settings'.</summary>
    public int? UpdatePeriod
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }

        set
        {
            lock (_lock)
            {
                field = value;
            }
        }
    }

    /// <summary>Changes a setting from the next step on.</summary>
    /// <param name="setting">Name of a setting whose attribute says <see cref="SettingChange.WhileTraining"/>.</param>
    /// <param name="value">Its value, within its range.</param>
    /// <exception cref="ArgumentException">No algorithm asks for changes of this setting.</exception>
    public void Change(string setting, string value)
    {
        switch (setting)
        {
            case "Optimizer:LearningRate":
                LearningRate = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
                break;
            case "Agent:UpdatePeriod":
                UpdatePeriod = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            default:
                throw new ArgumentException($"'{setting}' cannot be changed while a run trains.", nameof(setting));
        }
    }

    /// <summary>Whether the run waits.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _paused is not null;
            }
        }
    }

    /// <summary>Makes the run wait before its next step.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Whether the run was asked to end after its current step, with a checkpoint.</summary>
    public bool IsStopRequested { get; private set; }

    /// <summary>Asks the run to end after its current step, with a checkpoint.</summary>
    public void RequestStop()
    {
        IsStopRequested = true;
        Resume();
    }

    /// <summary>Ends a pause.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _paused?.SetResult();
            _paused = null;
        }
    }

    /// <summary>Asks for a checkpoint before the next step.</summary>
    public void RequestCheckpoint()
    {
        lock (_lock)
        {
            _checkpoint = true;
        }
    }

    /// <summary>Whether a checkpoint was asked for since the last call.</summary>
    internal bool TakeCheckpointRequest()
    {
        lock (_lock)
        {
            var asked = _checkpoint;
            _checkpoint = false;
            return asked;
        }
    }

    /// <summary>Completes when the run may take its next step.</summary>
    internal Task WhenRunning(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _paused is null ? Task.CompletedTask : _paused.Task.WaitAsync(cancellationToken);
        }
    }
}
