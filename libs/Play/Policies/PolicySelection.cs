namespace DqnAspire.Play.Policies;

/// <summary>Which of a run's policies.</summary>
public enum PolicySelection
{
    /// <summary>The best by validation; the newest while none is known to be best.</summary>
    Best,

    /// <summary>The newest.</summary>
    Latest,

    /// <summary>That of the checkpoint after a number of steps.</summary>
    Checkpoint,
}
