using System.Runtime.Intrinsics;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>Takes eight elements of a row out of two windows.</summary>
/// <typeparam name="TPixel">Type of an element.</typeparam>
/// <typeparam name="TWindows">Two windows in registers.</typeparam>
internal interface IRowGather<TPixel, TWindows>
    where TPixel : unmanaged
{
    /// <summary>Elements of a window.</summary>
    static abstract int WindowLength { get; }

    /// <summary>What <see cref="Take"/> wants to know of eight places, 32 bytes.</summary>
    /// <param name="places">Four places in the first window, four in the second.</param>
    /// <param name="control">Receives it.</param>
    static abstract void Prepare(ReadOnlySpan<int> places, Span<byte> control);

    /// <summary>Reads two windows.</summary>
    /// <param name="first">Start of the first window.</param>
    /// <param name="second">Start of the second window.</param>
    /// <returns>The windows.</returns>
    static abstract TWindows Load(ref readonly TPixel first, ref readonly TPixel second);

    /// <summary>Takes eight elements out of two windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="control">What <see cref="Prepare"/> made.</param>
    /// <returns>Four elements of the first window, four of the second.</returns>
    static abstract Vector256<float> Take(TWindows windows, Vector256<byte> control);

    /// <summary>One element.</summary>
    /// <param name="pixel">The element.</param>
    /// <returns>Its value.</returns>
    static abstract float Convert(TPixel pixel);
}
