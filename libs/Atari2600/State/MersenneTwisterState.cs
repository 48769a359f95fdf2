namespace DqnAspire.Atari2600.State;

/// <summary>The state of an MT19937 generator: 624 words and the place of the next one.</summary>
internal unsafe struct MersenneTwisterState
{
    public const int Length = 624;

    public fixed uint Words[Length];

    /// <summary>Index of the next word to hand out; <see cref="Length"/> when the words are used up.</summary>
    public int Next;
}
