namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// One step from a screen to an observation. An operation allocates nothing when it is applied; it may keep scratch
/// memory, so that one copy must not be used by several threads at once.
/// </summary>
public interface IFrameOperation
{
    /// <summary>The pictures that it takes.</summary>
    FrameFormat Input { get; }

    /// <summary>The pictures that it gives.</summary>
    FrameFormat Output { get; }

    /// <summary>Makes one picture of another.</summary>
    /// <param name="frame">A picture of format <see cref="Input"/>.</param>
    /// <param name="result">
    /// Receives a picture of format <see cref="Output"/>; must not overlap <paramref name="frame"/>.
    /// </param>
    /// <exception cref="ArgumentException">A span is too short for its picture.</exception>
    void Apply(ReadOnlySpan<byte> frame, Span<byte> result);
}
