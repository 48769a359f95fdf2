namespace DqnAspire.Replay.Sharing;

/// <summary>A writer or a sampler that waits at a <see cref="TableGate"/>.</summary>
/// <param name="canContinue">Whether the wait is over.</param>
/// <param name="hasData">
/// For samplers: whether the table has what a batch needs, so that only the rate limiter makes the sampler wait.
/// </param>
internal sealed class Waiter(Func<bool> canContinue, Func<bool>? hasData)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<bool> CanContinue => canContinue;

    public Func<bool>? HasData => hasData;

    /// <summary>Completes when the wait is over.</summary>
    public Task Ready => _ready.Task;

    public void End() => _ready.TrySetResult();

    public void Fail(Exception reason) => _ready.TrySetException(reason);
}
