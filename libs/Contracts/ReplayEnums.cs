using DqnAspire.Contracts.Replay.V1;

namespace DqnAspire.Contracts;

/// <summary>The enumerations of the replay contract and those of Core.</summary>
public static class ReplayEnums
{
    /// <summary>The padding as the contract writes it.</summary>
    /// <param name="padding">The padding.</param>
    public static StackPadding ToMessage(this Core.StackPadding padding) =>
        padding == Core.StackPadding.Zero ? StackPadding.Zero : StackPadding.Repeat;

    /// <summary>The padding that a message names; absent means repeat.</summary>
    /// <param name="padding">The field of the message.</param>
    /// <returns>Null for a number that is not in the contract.</returns>
    public static Core.StackPadding? ToCore(this StackPadding padding) => padding switch
    {
        StackPadding.Unspecified or StackPadding.Repeat => Core.StackPadding.Repeat,
        StackPadding.Zero => Core.StackPadding.Zero,
        _ => null,
    };

    /// <summary>The layout as the contract writes it.</summary>
    /// <param name="layout">The layout.</param>
    public static BatchLayout ToMessage(this Core.Replay.BatchLayout layout) =>
        layout == Core.Replay.BatchLayout.Window ? BatchLayout.Window : BatchLayout.Separate;

    /// <summary>The layout that a message names; absent means separate.</summary>
    /// <param name="layout">The field of the message.</param>
    /// <returns>Null for a number that is not in the contract.</returns>
    public static Core.Replay.BatchLayout? ToCore(this BatchLayout layout) => layout switch
    {
        BatchLayout.Unspecified or BatchLayout.Separate => Core.Replay.BatchLayout.Separate,
        BatchLayout.Window => Core.Replay.BatchLayout.Window,
        _ => null,
    };
}
