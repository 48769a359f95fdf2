namespace DqnAspire.Core.Replay;

/// <summary>How a state and its next state lie in a batch.</summary>
public enum BatchLayout
{
    /// <summary>Two columns: k observations a state, k a next state.</summary>
    Separate,

    /// <summary>
    /// One column of k+1 observations: the first k are the state, the last k the next state. Only for one-step returns.
    /// </summary>
    Window,
}
