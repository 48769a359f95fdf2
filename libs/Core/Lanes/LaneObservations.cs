namespace DqnAspire.Core.Lanes;

/// <summary>
/// What the last step led to, and what the next one answers to: the same memory, until a lane begins a new episode.
/// Only then are the observations copied.
/// </summary>
/// <param name="observationBytes">Bytes of one lane's observation.</param>
public sealed class LaneObservations(int observationBytes)
{
    private byte[] _own = [];
    private bool _isOwn;

    /// <summary>[lanes, observation]: what each lane's last action led to.</summary>
    public ReadOnlyMemory<byte> Next { get; private set; }

    /// <summary>[lanes, observation]: what each lane's next action is chosen from.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>
    /// Whether <see cref="Current"/> is a copy, which does not follow changes of <see cref="Next"/>.
    /// </summary>
    public bool IsSplit => !Current.Equals(Next);

    /// <summary>Shows a step after which no lane has begun a new episode.</summary>
    /// <param name="observations">[lanes, observation]; not copied.</param>
    public void Show(ReadOnlyMemory<byte> observations) => Show(observations, observations);

    /// <summary>Shows a step.</summary>
    /// <param name="next">[lanes, observation]: what the actions led to; not copied.</param>
    /// <param name="current">[lanes, observation]: what the next actions answer to; not copied.</param>
    public void Show(ReadOnlyMemory<byte> next, ReadOnlyMemory<byte> current)
    {
        Next = next;
        Current = current;
        _isOwn = false;
    }

    /// <summary>
    /// Shows a lane's first observation of a new episode in <see cref="Current"/>; <see cref="Next"/> keeps its row.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="observation">One observation; it is copied.</param>
    public void SetCurrent(int lane, ReadOnlySpan<byte> observation)
    {
        if (!_isOwn)
        {
            _own = _own.Length == Current.Length ? _own : new byte[Current.Length];
            Current.CopyTo(_own);
            Current = _own;
            _isOwn = true;
        }

        observation[..observationBytes].CopyTo(_own.AsSpan(lane * observationBytes, observationBytes));
    }
}
