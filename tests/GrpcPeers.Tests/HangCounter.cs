namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Counts calls that noticed that their caller gave up; can be waited for.</summary>
internal sealed class HangCounter
{
    private readonly SemaphoreSlim _ended = new(0);
    private int _count;

    public void Add()
    {
        Interlocked.Increment(ref _count);
        _ended.Release();
    }

    public async Task<int> AtLeastAsync(int count, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _count) < count)
        {
            await _ended.WaitAsync(cancellationToken);
        }

        return Volatile.Read(ref _count);
    }
}
