using DqnAspire.Core.Randomness;

namespace DqnAspire.Core;

/// <summary>A finite set of actions, 0 .. <see cref="Count"/>-1.</summary>
public sealed class ActionSpace
{
    /// <summary>Names the actions.</summary>
    /// <param name="meanings">Name of each action, at least one.</param>
    /// <exception cref="ArgumentException">There are no actions.</exception>
    public ActionSpace(params string[] meanings)
    {
        ArgumentNullException.ThrowIfNull(meanings);
        if (meanings.Length == 0)
        {
            throw new ArgumentException("There must be at least one action.", nameof(meanings));
        }

        Meanings = meanings;
    }

    /// <summary>Number of actions.</summary>
    public int Count => Meanings.Count;

    /// <summary>Name of each action.</summary>
    public IReadOnlyList<string> Meanings { get; }

    /// <summary>Whether <paramref name="action"/> is one of the set.</summary>
    /// <param name="action">A number.</param>
    /// <returns>True for 0 .. <see cref="Count"/>-1.</returns>
    public bool Contains(int action) => (uint)action < (uint)Count;

    /// <summary>An action, each equally likely.</summary>
    /// <param name="random">Where the draw comes from.</param>
    /// <returns>0 .. <see cref="Count"/>-1.</returns>
    public int Sample(Pcg64 random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return (int)random.Integers(0, Count);
    }

    /// <summary>Refuses a number that is not an action.</summary>
    /// <param name="action">A number.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one of the set.</exception>
    public void ThrowIfOutside(int action)
    {
        if (!Contains(action))
        {
            throw new ArgumentOutOfRangeException(nameof(action), action, $"Actions are 0..{Count - 1}.");
        }
    }
}
