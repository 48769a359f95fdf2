using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Takes eight elements of a row out of two windows.</summary>
/// <typeparam name="TPixel">Type of an element.</typeparam>
internal interface IRowGather<TPixel>
    where TPixel : unmanaged
{
    /// <summary>Elements of a window.</summary>
    static abstract int WindowLength { get; }

    /// <summary>What <see cref="Gather"/> wants to know of eight places, 32 bytes.</summary>
    /// <param name="places">Four places in the first window, four in the second.</param>
    /// <param name="control">Receives it.</param>
    static abstract void Prepare(ReadOnlySpan<int> places, Span<byte> control);

    /// <summary>The eight elements.</summary>
    /// <param name="first">Start of the first window.</param>
    /// <param name="second">Start of the second window.</param>
    /// <param name="control">What <see cref="Prepare"/> made.</param>
    /// <returns>Four elements of the first window, four of the second.</returns>
    static abstract Vector256<float> Gather(ref readonly TPixel first, ref readonly TPixel second, Vector256<byte> control);

    /// <summary>One element.</summary>
    /// <param name="pixel">The element.</param>
    /// <returns>Its value.</returns>
    static abstract float Convert(TPixel pixel);
}
