namespace DqnAspire.Replay;

/// <summary>How transitions are assembled from single observations.</summary>
public sealed record TransitionSpec
{
    /// <summary>Longest return.</summary>
    public const int LongestReturn = 1000;

    /// <summary>Observations in a state, k: the newest and k-1 before it in its episode.</summary>
    public int Stack { get; init; } = 1;

    /// <summary>What stands for observations before an episode's first.</summary>
    public StackPadding Padding { get; init; }

    /// <summary>Rewards in a return, n; fewer where the episode ends first.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Discount factor gamma of the return and of what is bootstrapped after it.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>How a state and its next state lie in a batch.</summary>
    public BatchLayout Layout { get; init; }

    /// <summary>Observations that a transition takes in <see cref="TransitionBuffer.Observations"/>.</summary>
    public int ObservationsPerTransition => Layout == BatchLayout.Window ? Stack + 1 : Stack;

    /// <summary>Observations that a transition takes in <see cref="TransitionBuffer.NextObservations"/>.</summary>
    public int NextObservationsPerTransition => Layout == BatchLayout.Window ? 0 : Stack;

    /// <summary>Checks the numbers against a table.</summary>
    /// <exception cref="ArgumentException">They are out of range; the message names which.</exception>
    public void Validate(TableSpec table)
    {
        if (Stack < 1 || Stack > table.MaxStack)
        {
            throw new ArgumentException($"stack: {Stack} is not a number from 1 to {table.MaxStack}, which the table was made for.");
        }

        if (Steps is < 1 or > LongestReturn)
        {
            throw new ArgumentException($"steps: {Steps} is not a number from 1 to {LongestReturn}.");
        }

        if (!(Discount is >= 0 and <= 1))
        {
            throw new ArgumentException($"discount: {Discount} is not a number from 0 to 1.");
        }

        if (!Enum.IsDefined(Padding) || !Enum.IsDefined(Layout))
        {
            throw new ArgumentException($"padding, layout: {Padding}, {Layout} are not known.");
        }

        if (Layout == BatchLayout.Window && Steps != 1)
        {
            throw new ArgumentException($"layout: a window holds transitions of one step, not of {Steps}.");
        }
    }
}

/// <summary>What stands for the observations before an episode's first, in a stack that reaches there. The numbers are those of the wire format.</summary>
public enum StackPadding
{
    /// <summary>The first observation, again and again.</summary>
    Repeat,

    /// <summary>Zero bytes.</summary>
    Zero,
}

/// <summary>How a state and its next state lie in a batch. The numbers are those of the wire format.</summary>
public enum BatchLayout
{
    /// <summary>Two columns: k observations a state, k a next state.</summary>
    Separate,

    /// <summary>One column of k+1 observations: the first k are the state, the last k the next state. Only for one-step returns.</summary>
    Window,
}
