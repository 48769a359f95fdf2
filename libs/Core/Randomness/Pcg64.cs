using System.Runtime.CompilerServices;

namespace DqnAspire.Core.Randomness;

/// <summary>
/// The generator behind Gymnasium's environments: <c>numpy.random.Generator(PCG64(SeedSequence(seed)))</c>, draw for
/// draw. A 128-bit linear congruential generator with the XSL-RR output function.
/// </summary>
/// <remarks>
/// After M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
/// Generation" (2014). Not safe for use by several threads at once.
/// </remarks>
public sealed class Pcg64
{
    private static readonly UInt128 Multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    private UInt128 _state;
    private UInt128 _increment;
    private bool _hasBufferedHalf;
    private uint _bufferedHalf;

    /// <summary>A generator seeded as <c>numpy.random.default_rng(seed)</c>.</summary>
    /// <param name="seed">Any number; neighbouring seeds give unrelated streams.</param>
    public Pcg64(ulong seed)
        : this(new SeedSequence(seed))
    {
    }

    /// <summary>A generator that takes its state and stream from <paramref name="seed"/>.</summary>
    /// <param name="seed">The hashed seed.</param>
    public Pcg64(SeedSequence seed)
    {
        ArgumentNullException.ThrowIfNull(seed);

        Span<ulong> words = stackalloc ulong[4];
        seed.GenerateState(words);
        _increment = (new UInt128(words[2], words[3]) << 1) | UInt128.One;
        Advance();
        _state += new UInt128(words[0], words[1]);
        Advance();
    }

    /// <summary>A generator that goes on from a state saved with <see cref="State"/>.</summary>
    /// <param name="state">The saved state.</param>
    /// <exception cref="ArgumentException">The increment of <paramref name="state"/> is even.</exception>
    public Pcg64(Pcg64State state) => State = state;

    /// <summary>The whole state; setting it makes the generator go on exactly as the one it was taken from.</summary>
    /// <exception cref="ArgumentException">The increment is even, which no generator's is.</exception>
    public Pcg64State State
    {
        get => new(_state, _increment, _hasBufferedHalf, _bufferedHalf);
        set
        {
            if (UInt128.IsEvenInteger(value.Increment))
            {
                throw new ArgumentException("The increment of a PCG64 state must be odd.", nameof(value));
            }

            _state = value.State;
            _increment = value.Increment;
            _hasBufferedHalf = value.HasBufferedHalf;
            _bufferedHalf = value.BufferedHalf;
        }
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A number of the whole range.</returns>
    public ulong NextUInt64()
    {
        Advance();
        var high = (ulong)(_state >> 64);
        return ulong.RotateRight(high ^ (ulong)_state, (int)(high >> 58));
    }

    /// <summary>
    /// The next 32 random bits: the low half of a 64-bit draw, and the high half at the next call. 64-bit and double
    /// draws in between leave the waiting half alone.
    /// </summary>
    /// <returns>A number of the whole range.</returns>
    public uint NextUInt32()
    {
        if (_hasBufferedHalf)
        {
            _hasBufferedHalf = false;
            return _bufferedHalf;
        }

        var both = NextUInt64();
        _hasBufferedHalf = true;
        _bufferedHalf = (uint)(both >> 32);
        return (uint)both;
    }

    /// <summary>A number of [0, 1) with 53 random bits; NumPy's <c>random()</c>.</summary>
    /// <returns>A multiple of 2^-53.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>low + (high - low) * <see cref="NextDouble"/>; NumPy's <c>uniform(low, high)</c>.</summary>
    /// <param name="low">Lower bound, included.</param>
    /// <param name="high">Upper bound, not included but for rounding.</param>
    /// <returns>A number between the bounds.</returns>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>
    /// A whole number of low .. high-1, every one equally likely; NumPy's <c>integers(low, high)</c>.
    /// </summary>
    /// <param name="low">Lowest number.</param>
    /// <param name="high">One above the highest number.</param>
    /// <returns>The number drawn. A range of one number draws nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="high"/> is not above <paramref name="low"/>.
    /// </exception>
    /// <remarks>
    /// D. Lemire, "Fast Random Integer Generation in an Interval" (2019), on 32-bit draws where the range fits.
    /// </remarks>
    public long Integers(long low, long high)
    {
        if (high <= low)
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, $"high must be above low, which is {low}.");
        }

        var range = unchecked((ulong)high - (ulong)low - 1);
        ulong offset = range switch
        {
            0 => 0,
            < uint.MaxValue => Below((uint)range + 1),
            uint.MaxValue => NextUInt32(),
            _ => Below(range + 1),
        };
        return unchecked((long)((ulong)low + offset));
    }

    /// <summary>
    /// An index drawn with the given weights; NumPy's <c>choice(n, p=weights)</c> when they sum to 1.
    /// </summary>
    /// <param name="weights">One weight an index, finite and not negative, with a sum above zero.</param>
    /// <returns>0 .. weights.Length-1.</returns>
    /// <exception cref="ArgumentException">
    /// There are no weights, one is negative or not finite, or all are zero.
    /// </exception>
    public int Choice(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || !double.IsFinite(weights[i]))
            {
                throw new ArgumentException(
                    $"Weight {i} is {weights[i]}; weights must be finite and not negative.", nameof(weights));
            }

            total += weights[i];
        }

        if (!(total > 0) || !double.IsFinite(total))
        {
            throw new ArgumentException(
                $"The weights sum to {total}; the sum must be finite and above zero.", nameof(weights));
        }

        // The running sum reaches the total exactly (same additions in the same order), so a draw below 1 always ends
        // it.
        var draw = NextDouble();
        var index = 0;
        for (var sum = weights[0]; sum / total <= draw; sum += weights[index])
        {
            index++;
        }

        return index;
    }

    /// <summary>
    /// Puts <paramref name="items"/> in random order, every order equally likely: Fisher-Yates from the end, one
    /// <see cref="Integers"/>(0, i+1) for each i from the last index to 1.
    /// </summary>
    /// <typeparam name="T">Type of an item.</typeparam>
    /// <param name="items">The items, rearranged in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)Integers(0, i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private uint Below(uint bound)
    {
        var product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            // (2^32 - bound) mod bound: below it, some results would come up once more often than others.
            var threshold = unchecked(0u - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * bound;
            }
        }

        return (uint)(product >> 32);
    }

    private ulong Below(ulong bound)
    {
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low < bound)
        {
            var threshold = unchecked(0ul - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance() => _state = (_state * Multiplier) + _increment;
}
