using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>What a formula may refer to, which depends on where it stands.</summary>
internal sealed record NameScope
{
    private NameScope(ImmutableArray<string> names, int computed)
    {
        Names = names;
        Computed = computed;
    }

    /// <summary>The rule's variables in the order of their evaluation; the index is the slot.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>How many of them have their value when the formula is evaluated.</summary>
    public int Computed { get; }

    /// <summary>Values after the previous frame can be read.</summary>
    public bool HasPrevious { get; private init; }

    /// <summary>Memory can be read.</summary>
    public bool HasMemory { get; private init; }

    /// <summary>The requested mode and random numbers can be read.</summary>
    public bool SelectsMode { get; private init; }

    /// <summary>For the formula of a variable, which is evaluated in every frame after those that precede it.</summary>
    public static NameScope Frame(ImmutableArray<string> names, int slot) =>
        new(names, slot) { HasPrevious = true, HasMemory = true };

    /// <summary>For a formula over the values after a frame.</summary>
    public static NameScope Report(ImmutableArray<string> names) => new(names, names.Length);

    /// <summary>For a formula of a mode selection.</summary>
    public static NameScope Selection(ImmutableArray<string> names) =>
        new(names, names.Length) { HasMemory = true, SelectsMode = true };
}
