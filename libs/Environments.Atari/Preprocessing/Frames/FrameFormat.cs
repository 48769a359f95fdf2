using System.Runtime.CompilerServices;
using DqnAspire.Core;

namespace DqnAspire.Environments.Atari.Preprocessing.Frames;

/// <summary>
/// How a picture lies in memory: rows from the top, pixels from the left, the channels of a pixel side by side,
/// little-endian.
/// </summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Pixels of a row, at least 1.</param>
/// <param name="Channels">1 for grey, 3 for red, green, blue.</param>
/// <param name="ElementType">Type of one channel of one pixel.</param>
public sealed record FrameFormat(int Height, int Width, int Channels, ElementType ElementType)
{
    /// <summary>The smallest number that occurs.</summary>
    public double Low { get; init; }

    /// <summary>The largest number that occurs.</summary>
    public double High { get; init; } = byte.MaxValue;

    /// <summary>Numbers in a row.</summary>
    public int RowElements => Width * Channels;

    /// <summary>Numbers in a picture.</summary>
    public int ElementCount => Height * RowElements;

    /// <summary>Bytes of a picture.</summary>
    public int ByteCount => ElementCount * (ElementType == ElementType.UInt8 ? 1 : sizeof(float));

    /// <summary>A grey picture of bytes.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <returns>The format.</returns>
    public static FrameFormat Gray(int height, int width) => new(height, width, 1, ElementType.UInt8);

    /// <summary>A picture of red, green and blue bytes.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <returns>The format.</returns>
    public static FrameFormat Rgb(int height, int width) => new(height, width, 3, ElementType.UInt8);

    /// <summary>The format in an error message.</summary>
    /// <returns>Such as "210x160x3 UInt8".</returns>
    public override string ToString() => $"{Height}x{Width}x{Channels} {ElementType}";

    /// <summary>Refuses memory that a picture does not fit in.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentException">It is shorter than <see cref="ByteCount"/>.</exception>
    public void ThrowIfTooShort(
        ReadOnlySpan<byte> memory, [CallerArgumentExpression(nameof(memory))] string? name = null)
    {
        if (memory.Length < ByteCount)
        {
            throw new ArgumentException(
                $"A picture of {this} takes {ByteCount} bytes; there are {memory.Length}.", name);
        }
    }

    /// <summary>Refuses a format that an operation cannot work on.</summary>
    /// <param name="operation">The operation, for the message.</param>
    /// <param name="elementType">Element type that it takes.</param>
    /// <param name="channels">Channels that it takes; 0 for any number.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    internal void ThrowIfNot(string operation, ElementType elementType, int channels = 0)
    {
        if (Height < 1 || Width < 1 || Channels < 1 || ElementType != elementType
            || (channels != 0 && Channels != channels))
        {
            var wanted = channels == 0 ? $"{elementType}" : $"{channels}-channel {elementType}";
            throw new ArgumentException($"{operation} works on {wanted} pictures; this one is {this}.");
        }
    }
}
