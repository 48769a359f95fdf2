using System.Runtime.ExceptionServices;

namespace DqnAspire.Environments;

/// <summary>
/// Steps lanes on several threads at once: the caller's, and some of the thread pool's that join as soon as they are
/// awake. Each takes the next lane that no other thread has, so that a thread that starts late costs little. Allocates nothing.
/// </summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="threads">Maximum of threads, the caller's included, at least 2.</param>
/// <param name="step">Steps a lane; touches nothing of another one's.</param>
internal sealed class LaneCrew(int lanes, int threads, Action<int> step) : IThreadPoolWorkItem
{
    private readonly int _helpers = Math.Min(threads, lanes) - 1;

    // Past the last lane between two runs: a helper that starts after the end finds no lane to step.
    private int _next = int.MaxValue / 2;
    private int _finished;
    private int _queued;
    private ExceptionDispatchInfo? _error;

    /// <summary>Steps every lane. One caller at a time.</summary>
    public void Run()
    {
        _finished = 0;
        Volatile.Write(ref _next, 0);
        for (var missing = _helpers - Volatile.Read(ref _queued); missing > 0; missing--)
        {
            Interlocked.Increment(ref _queued);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        TakeLanes();
        var spin = default(SpinWait);
        while (Volatile.Read(ref _finished) < lanes)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        Interlocked.Exchange(ref _error, null)?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Decrement(ref _queued);
        TakeLanes();
    }

    private void TakeLanes()
    {
        while (true)
        {
            var lane = Interlocked.Increment(ref _next) - 1;
            if (lane >= lanes)
            {
                return;
            }

            try
            {
                step(lane);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(e), null);
            }

            Interlocked.Increment(ref _finished);
        }
    }
}
