namespace DqnAspire.Core.Replay;

/// <summary>Takes the steps of lanes, in order.</summary>
public interface IStepSink
{
    /// <summary>Adds an episode's first observation in a lane.</summary>
    ValueTask BeginEpisodeAsync(int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken);

    /// <summary>Adds a step: the action taken, its reward and flags, and the observation it led to.</summary>
    ValueTask AppendAsync(
        int lane,
        int action,
        float reward,
        StepFlags flags,
        ReadOnlyMemory<byte> nextObservation,
        CancellationToken cancellationToken);
}
