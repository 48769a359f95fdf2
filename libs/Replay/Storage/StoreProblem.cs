namespace DqnAspire.Replay.Storage;

/// <summary>The kind of a store's problem, for callers that have to react to it.</summary>
public enum StoreProblem
{
    /// <summary>The stored data is damaged, or this program cannot read its format.</summary>
    Damaged,

    /// <summary>
    /// The store refuses because of permissions, a password or a setting. Somebody has to change something.
    /// </summary>
    Refused,

    /// <summary>There is no space. Stored data stays; the same call may succeed when there is space again.</summary>
    Full,

    /// <summary>The store cannot be reached now. The same call may succeed later.</summary>
    Away,

    /// <summary>Another writer has taken the table over; this one cannot write to it any more.</summary>
    Taken,
}
