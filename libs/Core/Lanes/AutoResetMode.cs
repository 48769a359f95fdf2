namespace DqnAspire.Core.Lanes;

/// <summary>
/// When a lane whose episode ended begins the next one, in the words of Gymnasium's vector environments.
/// </summary>
public enum AutoResetMode
{
    /// <summary>Not by itself: it waits for a reset.</summary>
    Disabled,

    /// <summary>
    /// In the step that ended the episode, which gives both the last observation and the first of the next episode.
    /// </summary>
    SameStep,

    /// <summary>
    /// In the next step, whose action is not played: reward 0, no flags, and the first observation of the next episode.
    /// </summary>
    NextStep,
}
