namespace DqnAspire.Play.Recordings;

/// <summary>What is written below a recording's pictures.</summary>
[Flags]
public enum Overlays
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The return so far.</summary>
    Score = 1,

    /// <summary>The value that the policy predicts for the state.</summary>
    Value = 2,

    /// <summary>The action that is taken.</summary>
    Action = 4,
}
