using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>Chooses which transitions make a batch. Storage does not know how.</summary>
public interface ISampler
{
    /// <summary>Whether a batch can be drawn now.</summary>
    /// <param name="view">The transitions.</param>
    /// <param name="batchSize">Transitions in the batch.</param>
    bool CanSample(TransitionView view, int batchSize);

    /// <summary>Most transitions that a batch from a table of this capacity can have.</summary>
    int LargestBatch(int capacity);

    /// <summary>Chooses complete transitions.</summary>
    /// <param name="view">The transitions.</param>
    /// <param name="indices">Receives the choice, numbered from the oldest.</param>
    /// <param name="weights">Receives importance weights, one each.</param>
    /// <exception cref="InvalidOperationException">There are too few for the batch.</exception>
    void Sample(TransitionView view, Span<int> indices, Span<float> weights);

    /// <summary>Everything that the next batch depends on besides the table.</summary>
    SamplerState State { get; set; }
}
