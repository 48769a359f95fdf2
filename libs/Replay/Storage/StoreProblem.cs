namespace DqnAspire.Replay.Storage;

/// <summary>What kind of trouble a store is in, for those who have to decide what to do about it.</summary>
public enum StoreProblem
{
    /// <summary>What is there is damaged, or not what this program reads.</summary>
    Damaged,

    /// <summary>The store refuses: permissions, a password, a setting. Somebody has to change something.</summary>
    Refused,

    /// <summary>There is no room. What was there stays; the same may succeed when there is room again.</summary>
    Full,

    /// <summary>The store cannot be reached at present. The same may succeed later.</summary>
    Away,

    /// <summary>Another writer has taken the table over; this one cannot write to it any more.</summary>
    Taken,
}
