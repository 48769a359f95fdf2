namespace DqnAspire.Core.Replay;

/// <summary>How transitions are assembled from single observations.</summary>
public sealed record TransitionSpec
{
    /// <summary>Maximum of <see cref="Steps"/>.</summary>
    public const int MaxSteps = 1000;

    /// <summary>Observations in a state, k: the newest and k-1 before it in its episode.</summary>
    public int Stack { get; init; } = 1;

    /// <summary>What a state holds in place of observations before an episode's first.</summary>
    public StackPadding Padding { get; init; }

    /// <summary>Rewards in a return, n; fewer where the episode ends first.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Discount factor gamma of the return and of the value after it.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>How a state and its next state lie in a batch.</summary>
    public BatchLayout Layout { get; init; }

    /// <summary>Observations of a transition in a column of states.</summary>
    public int ObservationsPerTransition => Layout == BatchLayout.Window ? Stack + 1 : Stack;

    /// <summary>Observations of a transition in a column of next states.</summary>
    public int NextObservationsPerTransition => Layout == BatchLayout.Window ? 0 : Stack;

    /// <summary>
    /// The same transitions in the layout with the fewest observations: of one step, k+1 in a row instead of 2k, as a
    /// state and its next state share all but one.
    /// </summary>
    public TransitionSpec WithSmallestLayout() =>
        this with { Layout = this is { Steps: 1, Stack: > 1 } ? BatchLayout.Window : BatchLayout.Separate };

    /// <summary>Checks the numbers against a table.</summary>
    /// <param name="maxStack">The largest stack that the table was made for.</param>
    /// <exception cref="ArgumentException">They are out of range; the message names which.</exception>
    public void Validate(int maxStack)
    {
        if (Stack < 1 || Stack > maxStack)
        {
            throw new ArgumentException(
                $"stack: {Stack} is not a number from 1 to {maxStack}, which the table was made for.");
        }

        if (Steps is < 1 or > MaxSteps)
        {
            throw new ArgumentException($"steps: {Steps} is not a number from 1 to {MaxSteps}.");
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
