using System.Runtime.ExceptionServices;

namespace DqnAspire.NeuralNetworks.Threading;

/// <summary>
/// Threads for the tasks of one layer at a time. How work is cut into tasks is the layers' business and never depends
/// on the number of threads; which thread takes which task is left to chance and changes no result, for no sum is
/// shared by two tasks. Between layers the threads spin for a moment, then they sleep. One caller at a time.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int MaxTasks = ushort.MaxValue;
    // Some 30 microseconds: longer than the gap between two layers, far shorter than the one between two updates.
    private const int SpinsBeforeSleep = 1000;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _caller = new();

    // Round (32 bits), tasks (16), next task (16) in one word: a thread that comes late cannot take a task of another
    // round.
    private long _state;
    private Action<int>? _work;
    private ExceptionDispatchInfo? _error;
    private int _finished;
    private int _sleeping;
    private volatile bool _disposed;

    /// <summary>Starts threads.</summary>
    /// <param name="threads">Threads that compute, the caller's included; at least 1.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Serve) { IsBackground = true, Name = $"compute {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>One for the process, with a thread for each processor.</summary>
    public static WorkerPool Shared { get; } = new(Environment.ProcessorCount);

    /// <summary>Threads that compute, the caller's included.</summary>
    public int Threads => _threads.Length + 1;

    /// <summary>Runs <paramref name="work"/> for 0 .. tasks-1 and returns when all are done.</summary>
    /// <param name="tasks">Tasks, none of which writes what another reads or writes.</param>
    /// <param name="work">Gets a task's number. A delegate that is kept spares an allocation.</param>
    public void Run(int tasks, Action<int> work)
    {
        if (_threads.Length == 0 || tasks <= 1)
        {
            RunHere(tasks, work);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(tasks, MaxTasks);
        lock (_caller)
        {
            _work = work;
            _finished = 0;
            Interlocked.Exchange(ref _state, (((_state >> 32) + 1) << 32) | ((long)tasks << 16));
            // The exchange is a full fence: a thread either is counted here or sees the new round before it sleeps.
            var sleeping = Volatile.Read(ref _sleeping);
            if (sleeping > 0)
            {
                _wake.Release(sleeping);
            }

            while (TryTake())
            {
            }

            var spin = default(SpinWait);
            while (Volatile.Read(ref _finished) < tasks)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            Interlocked.Exchange(ref _error, null)?.Throw();
        }
    }

    /// <summary>Runs every task on the caller's thread.</summary>
    /// <param name="tasks">Tasks.</param>
    /// <param name="work">Gets a task's number.</param>
    public static void RunHere(int tasks, Action<int> work)
    {
        for (var i = 0; i < tasks; i++)
        {
            work(i);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _disposed = true;
        _wake.Release(Math.Max(1, _threads.Length));
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    private bool TryTake()
    {
        var state = Volatile.Read(ref _state);
        while (HasTask(state))
        {
            var seen = Interlocked.CompareExchange(ref _state, state + 1, state);
            if (seen == state)
            {
                try
                {
                    // The round cannot end before this task has: what belongs to it stands still.
                    _work!((int)(state & MaxTasks));
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(e), null);
                }

                Interlocked.Increment(ref _finished);
                return true;
            }

            state = seen;
        }

        return false;
    }

    private static bool HasTask(long state) => (state & MaxTasks) < ((state >> 16) & MaxTasks);

    private void Serve()
    {
        var spins = 0;
        while (!_disposed)
        {
            if (TryTake())
            {
                spins = 0;
            }
            else if (spins < SpinsBeforeSleep)
            {
                spins++;
                Thread.SpinWait(1);
            }
            else
            {
                Interlocked.Increment(ref _sleeping);
                if (!HasTask(Volatile.Read(ref _state)) && !_disposed)
                {
                    _wake.Wait();
                }

                Interlocked.Decrement(ref _sleeping);
                spins = 0;
            }
        }
    }
}
