namespace DqnAspire.Core.Randomness;

/// <summary>
/// MT19937, the 32-bit Mersenne Twister of Matsumoto and Nishimura (1998), seeded from one 32-bit number: the generator
/// <c>std::mt19937</c> of C++, which the Arcade Learning Environment uses.
/// </summary>
public sealed class Mt19937
{
    /// <summary>Numbers that <see cref="CopyStateTo"/> gives.</summary>
    public const int StateLength = Mt19937State.Length + 1;

    private Mt19937State _state;

    /// <summary>Seeds the generator (<c>init_genrand</c> of the published algorithm).</summary>
    /// <param name="seed">The seed.</param>
    public Mt19937(uint seed) => _state.Seed(seed);

    /// <summary>The whole state: the 624 words, then how many of them were handed out, 0 to 624.</summary>
    /// <param name="state">Receives <see cref="StateLength"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="state"/> is too short.</exception>
    public void CopyStateTo(Span<uint> state)
    {
        _state.Words.CopyTo(state);
        state[Mt19937State.Length] = (uint)_state.Used;
    }

    /// <summary>Continues exactly as the generator that a state was taken from.</summary>
    /// <param name="state">What <see cref="CopyStateTo"/> gave.</param>
    /// <returns>
    /// False, and nothing has changed, when no generator has such a state: more words handed out than there are.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> has another length.</exception>
    public bool TrySetState(ReadOnlySpan<uint> state)
    {
        if (state.Length != StateLength)
        {
            throw new ArgumentException(
                $"A state of MT19937 is {StateLength} numbers, not {state.Length}.", nameof(state));
        }

        if (state[Mt19937State.Length] > Mt19937State.Length)
        {
            return false;
        }

        state[..Mt19937State.Length].CopyTo(_state.Words);
        _state.Used = (int)state[Mt19937State.Length];
        return true;
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32() => _state.NextUInt32();
}
