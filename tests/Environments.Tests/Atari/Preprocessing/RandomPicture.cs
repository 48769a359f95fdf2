using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Frames;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>A picture of random size and content, and a random size to bring it to.</summary>
internal sealed class RandomPicture
{
    private const int MaxSide = 90;

    public RandomPicture(uint seed, int channels = 0, bool mayGrow = false)
    {
        var random = new Pcg64(seed);
        var (height, width) = (Below(random, MaxSide), Below(random, MaxSide));
        Format = new FrameFormat(height, width, channels == 0 ? Below(random, 4) : channels, ElementType.UInt8);
        NewHeight = Below(random, mayGrow ? MaxSide : height);
        NewWidth = Below(random, mayGrow ? MaxSide : width);
        Pixels = new byte[Format.ByteCount];
        // Few levels in one picture of two: runs of equal and of extreme pixels.
        var isFlat = random.NextDouble() < 0.5;
        foreach (ref var pixel in Pixels.AsSpan())
        {
            pixel = (byte)(isFlat ? 255 * random.Integers(0, 2) : random.Integers(0, 256));
        }
    }

    public FrameFormat Format { get; }

    public byte[] Pixels { get; }

    public int NewHeight { get; }

    public int NewWidth { get; }

    public bool HasWholeFactors => Format.Height % NewHeight == 0 && Format.Width % NewWidth == 0;

    public override string ToString() => $"{Format} to {NewHeight}x{NewWidth}";

    /// <summary>Applies an operation between guard bytes, which must survive.</summary>
    public static byte[] Apply(IFrameOperation operation, byte[] frame)
    {
        const int Guard = 64;
        const byte Mark = 0xA5;
        var memory = new byte[operation.Output.ByteCount + (2 * Guard)];
        memory.AsSpan().Fill(Mark);
        operation.Apply(frame, memory.AsSpan(Guard, operation.Output.ByteCount));
        Assert.False(memory.AsSpan(0, Guard).ContainsAnyExcept(Mark), "bytes before the result were written");
        Assert.False(
            memory.AsSpan(memory.Length - Guard).ContainsAnyExcept(Mark), "bytes after the result were written");
        return memory[Guard..^Guard];
    }

    private static int Below(Pcg64 random, int bound) => 1 + (int)random.Integers(0, bound);
}
