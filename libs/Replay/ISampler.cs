namespace DqnAspire.Replay;

/// <summary>Chooses which transitions make a batch. Storage does not know how.</summary>
public interface ISampler
{
    /// <summary>Chooses among <paramref name="size"/> transitions, numbered from the oldest.</summary>
    /// <param name="size">Transitions that there are.</param>
    /// <param name="indices">Receives the choice, 0 .. size-1 each.</param>
    /// <exception cref="InvalidOperationException">There are too few for the batch.</exception>
    void Sample(int size, Span<int> indices);

    /// <summary>Transitions that a batch of this length needs.</summary>
    int RequiredSize(int batchSize);
}
