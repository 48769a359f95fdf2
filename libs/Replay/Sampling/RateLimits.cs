namespace DqnAspire.Replay.Sampling;

/// <summary>How sampling and appending are tied together.</summary>
/// <param name="MinSize">Transitions that must be in the table before any is sampled.</param>
/// <param name="SamplesPerInsert">Transitions sampled for each one appended, from then on; 0: not tied.</param>
/// <param name="ErrorBuffer">Samples by which either side may be ahead before it waits, at least 1.</param>
public readonly record struct RateLimits(int MinSize, double SamplesPerInsert, double ErrorBuffer)
{
    /// <summary>Neither side waits.</summary>
    public static RateLimits None => new(1, 0, 1);

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentException">One cannot be; the message names it.</exception>
    public void Validate(int capacity)
    {
        if (MinSize < 1 || MinSize > capacity)
        {
            throw new ArgumentException($"min_size: {MinSize} is not a number from 1 to the capacity of {capacity}.");
        }

        if (!double.IsFinite(SamplesPerInsert) || SamplesPerInsert < 0)
        {
            throw new ArgumentException(
                $"samples_per_insert: {SamplesPerInsert} is not a finite number of at least 0.");
        }

        if (!double.IsFinite(ErrorBuffer) || ErrorBuffer < 1)
        {
            throw new ArgumentException($"error_buffer: {ErrorBuffer} is not a finite number of at least 1.");
        }
    }
}
