using DqnAspire.Core;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Parameters;

/// <summary>The newest and the best parameters of a run. One thread publishes, any number read or wait.</summary>
public sealed class ParameterStore
{
    /// <summary>Guards every field below.</summary>
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private PublishedParameters? _latest;
    private PublishedParameters? _best;
    private bool _completed;

    /// <summary>The newest; null while there are none.</summary>
    public PublishedParameters? Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    /// <summary>Publishes a set of parameters.</summary>
    /// <param name="parameters">The parameters; their version is given here.</param>
    /// <param name="best">Whether they have the best validation score so far.</param>
    /// <returns>The parameters with their version.</returns>
    public PublishedParameters Publish(PublishedParameters parameters, bool best)
    {
        TaskCompletionSource changed;
        PublishedParameters published;
        lock (_lock)
        {
            published = _latest = parameters with { Version = (_latest?.Version ?? 0) + 1 };
            if (best)
            {
                _best = _latest;
            }

            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
        return published;
    }

    /// <summary>Publishes what an earlier process had published last, where it can be read.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="notify">Gets a line for what cannot be read.</param>
    public void PublishRecorded(string folder, Action<string> notify)
    {
        // The best come first in the list, the newest last.
        foreach (var policy in RecordedPolicy.ReadAll(folder, CannotBeRead))
        {
            try
            {
                var parameters = new PublishedParameters(
                    0, policy.Steps, policy.Architecture, policy.ReadParameters(folder));
                Publish(parameters, policy.Folder == RunLayout.Best);
            }
            catch (Exception e) when (RunDirectory.IsRefusal(e))
            {
                CannotBeRead(e.Message);
            }
        }

        void CannotBeRead(string reason) =>
            notify($"Parameters of earlier steps cannot be read: {OneLine.Of(reason)}");
    }

    /// <summary>Says that no more will follow.</summary>
    public void Complete()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _completed = true;
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>Waits for parameters newer than a version.</summary>
    /// <returns>Null when no more will follow.</returns>
    public async Task<PublishedParameters?> NextAsync(bool best, long afterVersion, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                var candidate = Select(best);
                if (candidate is not null && candidate.Version > afterVersion)
                {
                    return candidate;
                }

                if (_completed)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The newest or the best; the newest stands in while none is known to be best.</summary>
    public PublishedParameters? Get(bool best)
    {
        lock (_lock)
        {
            return Select(best);
        }
    }

    private PublishedParameters? Select(bool best) => best ? _best ?? _latest : _latest;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
