using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the last lines of each resource's log and passes on new ones.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(DistributedApplicationBuilder.NameComparer);

    /// <summary>A logger whose entries become lines of a resource's log, for each of its instances.</summary>
    /// <param name="resource">The resource.</param>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger([.. resource.GetInstanceIds().Select(Log)]);
    }

    /// <summary>A logger whose entries become lines of the log of one instance.</summary>
    /// <param name="resourceName">Id of the instance.</param>
    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger([Log(resourceName)]);
    }

    /// <summary>The lines that are kept, then new ones as they come. Ends when the resource's log is complete.</summary>
    /// <param name="resource">The resource; of several instances the lines are mixed.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WatchAllAsync([.. resource.GetInstanceIds().Select(Log)]);
    }

    /// <summary>The lines that are kept, then new ones as they come. Ends when the log is complete.</summary>
    /// <param name="resourceName">Id of the instance.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return WatchAllAsync([Log(resourceName)]);
    }

    /// <summary>The lines that are kept.</summary>
    /// <param name="resource">The resource.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.GetInstanceIds().Select(id => Log(id).Backlog()).Where(lines => lines.Count > 0).ToAsyncEnumerable();
    }

    /// <summary>The lines that are kept.</summary>
    /// <param name="resourceName">Id of the instance.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new[] { Log(resourceName).Backlog() }.Where(lines => lines.Count > 0).ToAsyncEnumerable();
    }

    /// <summary>Completes the log of a resource: those who watch it reach its end.</summary>
    /// <param name="resource">The resource.</param>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in resource.GetInstanceIds())
        {
            Log(id).Complete();
        }
    }

    /// <summary>Forgets the lines that are kept.</summary>
    /// <param name="resourceName">Id of the instance.</param>
    public void ClearBacklog(string resourceName) => Log(resourceName).Clear();

    /// <summary>Adds a line that a resource's process wrote.</summary>
    internal void Append(string resourceId, string text, bool isError) => Log(resourceId).Append(text, isError);

    private ResourceLog Log(string resourceId) => _logs.GetOrAdd(resourceId, _ => new ResourceLog());

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAllAsync(
        ResourceLog[] logs,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Who reads too slowly loses the oldest lines, not the application host its memory.
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(2 * ResourceLog.Capacity * logs.Length)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        var open = logs.Length;
        void OnComplete()
        {
            if (Interlocked.Decrement(ref open) == 0)
            {
                channel.Writer.TryComplete();
            }
        }

        var subscriptions = logs.Select(log => log.Subscribe(line => channel.Writer.TryWrite(line), OnComplete)).ToArray();
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                List<LogLine> batch = [];
                while (batch.Count < 1000 && channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Dispose();
            }
        }
    }

    /// <summary>The log of one instance: a ring of lines and those who listen.</summary>
    private sealed class ResourceLog
    {
        public const int Capacity = 5_000;

        private readonly Lock _lock = new();
        private readonly Queue<LogLine> _lines = new();
        private readonly List<Listener> _listeners = [];
        private int _lineNumber;
        private bool _complete;

        public void Append(string text, bool isError)
        {
            var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            lock (_lock)
            {
                var line = new LogLine(++_lineNumber, $"{time} {text}", isError);
                if (_lines.Count == Capacity)
                {
                    _lines.Dequeue();
                }

                _lines.Enqueue(line);
                foreach (var listener in _listeners)
                {
                    listener.OnLine(line);
                }
            }
        }

        public IReadOnlyList<LogLine> Backlog()
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }

        public void Clear()
        {
            lock (_lock)
            {
                _lines.Clear();
            }
        }

        public void Complete()
        {
            lock (_lock)
            {
                if (!_complete)
                {
                    _complete = true;
                    foreach (var listener in _listeners)
                    {
                        listener.OnComplete();
                    }
                }
            }
        }

        public IDisposable Subscribe(Action<LogLine> onLine, Action onComplete)
        {
            var listener = new Listener(this, onLine, onComplete);
            lock (_lock)
            {
                foreach (var line in _lines)
                {
                    onLine(line);
                }

                if (_complete)
                {
                    onComplete();
                }

                _listeners.Add(listener);
            }

            return listener;
        }

        private sealed class Listener(ResourceLog log, Action<LogLine> onLine, Action onComplete) : IDisposable
        {
            public Action<LogLine> OnLine => onLine;

            public Action OnComplete => onComplete;

            public void Dispose()
            {
                lock (log._lock)
                {
                    log._listeners.Remove(this);
                }
            }
        }
    }

    private sealed class ResourceLogger(ResourceLog[] logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var text = formatter(state, exception);
            if (exception is not null)
            {
                text = $"{text} {exception.GetType().Name}: {exception.Message}";
            }

            foreach (var log in logs)
            {
                log.Append(text, isError: logLevel >= LogLevel.Error);
            }
        }
    }
}
