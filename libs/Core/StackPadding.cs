namespace DqnAspire.Core;

/// <summary>
/// What stands for the observations before an episode's first, in a stack that reaches there. The numbers are those of
/// the wire format.
/// </summary>
public enum StackPadding
{
    /// <summary>The first observation, repeated.</summary>
    Repeat,

    /// <summary>Zero bytes.</summary>
    Zero,
}
