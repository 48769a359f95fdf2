using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>Chooses the transitions of a batch.</summary>
public interface ISampler
{
    /// <summary>Whether a batch can be drawn now.</summary>
    /// <param name="view">The transitions.</param>
    /// <param name="batchSize">Transitions in the batch.</param>
    bool CanSample(TransitionView view, int batchSize);

    /// <summary>Maximum batch size for a table of a capacity.</summary>
    int MaxBatchSize(int capacity);

    /// <summary>Chooses complete transitions.</summary>
    /// <param name="view">The transitions.</param>
    /// <param name="indices">Receives the choice, numbered from the oldest.</param>
    /// <param name="weights">Receives importance weights, one each.</param>
    /// <exception cref="InvalidOperationException">There are too few for the batch.</exception>
    void Sample(TransitionView view, Span<int> indices, Span<float> weights);

    /// <summary>Everything besides the table that the next batch depends on.</summary>
    SamplerState State { get; set; }
}
