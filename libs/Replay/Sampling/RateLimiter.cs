namespace DqnAspire.Replay.Sampling;

/// <summary>
/// Keeps sampling and appending at a ratio. It counts the samples that appending has earned and sampling has not yet
/// used: sampling waits below minus the buffer, appending waits at plus the buffer.
/// </summary>
/// <remarks>
/// Both can never wait at once, whatever the sizes of batches and blocks, because each is let through while its side of
/// the bound is not yet reached and may then overshoot by its own size. Changed limits count from the moment of the
/// change, so that a new ratio does not demand to make up for the past.
/// </remarks>
public sealed class RateLimiter
{
    private double _balance;

    /// <summary>The limits; changing them resets the count.</summary>
    public RateLimits Limits
    {
        get;
        set
        {
            field = value;
            _balance = 0;
        }
    } = RateLimits.None;

    /// <summary>Samples earned and not yet used; negative when sampling is ahead.</summary>
    public double Balance => _balance;

    /// <summary>Restores an earlier count; it begins anew instead when the limits were different then.</summary>
    /// <param name="limits">The limits of that time.</param>
    /// <param name="balance">The <see cref="Balance"/> of that time.</param>
    public void Restore(RateLimits limits, double balance) => _balance = limits == Limits ? balance : 0;

    /// <summary>Whether a batch may be sampled.</summary>
    /// <param name="size">Transitions in the table.</param>
    public bool MaySample(int size) =>
        size >= Limits.MinSize && (Limits.SamplesPerInsert == 0 || _balance > -Limits.ErrorBuffer);

    /// <summary>Whether a block may be appended.</summary>
    /// <param name="size">Transitions in the table.</param>
    public bool MayAppend(int size) =>
        size < Limits.MinSize || Limits.SamplesPerInsert == 0 || _balance < Limits.ErrorBuffer;

    /// <summary>Transitions were appended.</summary>
    /// <param name="count">How many.</param>
    /// <param name="sizeBefore">Transitions in the table before; what fills it up to the minimum earns nothing.</param>
    public void Appended(int count, int sizeBefore) =>
        _balance += Limits.SamplesPerInsert * Math.Clamp(
            sizeBefore + count - Math.Max(Limits.MinSize, sizeBefore), 0, count);

    /// <summary>Transitions were sampled.</summary>
    public void Sampled(int count) => _balance -= Limits.SamplesPerInsert > 0 ? count : 0;
}
