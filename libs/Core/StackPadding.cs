namespace DqnAspire.Core;

/// <summary>What a stack holds in place of observations before an episode's first.</summary>
public enum StackPadding
{
    /// <summary>The first observation, repeated.</summary>
    Repeat,

    /// <summary>Zero bytes.</summary>
    Zero,
}
