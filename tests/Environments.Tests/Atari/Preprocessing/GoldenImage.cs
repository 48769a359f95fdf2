using System.Security.Cryptography;
using System.Text.Json;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>A synthetic picture of the recordings, drawn again from its number and kind.</summary>
internal static class GoldenImage
{
    public const int Height = 210;
    public const int Width = 160;

    private const int Blocks = 40;
    private const int MaxSide = 60;

    /// <summary>The grey or the RGB picture of an entry, checked against the entry's digest.</summary>
    public static byte[] Draw(JsonElement image, bool rgb)
    {
        var pixels = Draw(image.GetProperty("index").GetInt32(), image.GetProperty("kind").GetString()!, rgb);
        var digest = image.GetProperty(rgb ? "rgb_sha256" : "gray_sha256").GetString();
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(pixels)));
        return pixels;
    }

    public static byte[] Draw(int index, string kind, bool rgb) => kind switch
    {
        "noise" => Noise((uint)((rgb ? 2000 : 1000) + index), rgb ? 3 : 1),
        "blocks" => Rectangles((uint)((rgb ? 4000 : 3000) + index), rgb ? 3 : 1),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of picture."),
    };

    private static byte[] Noise(uint seed, int channels)
    {
        var random = new Lcg(seed);
        var pixels = new byte[Height * Width * channels];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (byte)(random.Next() >> 24);
        }

        return pixels;
    }

    private static byte[] Rectangles(uint seed, int channels)
    {
        var random = new Lcg(seed);
        var pixels = new byte[Height * Width * channels];
        Fill(0, 0, Height, Width);
        for (var i = 0; i < Blocks; i++)
        {
            var row = random.Below(Height);
            var column = random.Below(Width);
            var height = 1 + random.Below(MaxSide);
            var width = 1 + random.Below(MaxSide);
            Fill(row, column, Math.Min(row + height, Height), Math.Min(column + width, Width));
        }

        return pixels;

        void Fill(int top, int left, int bottom, int right)
        {
            var colour = new byte[channels];
            for (var channel = 0; channel < channels; channel++)
            {
                colour[channel] = (byte)random.Below(256);
            }

            for (var row = top; row < bottom; row++)
            {
                for (var column = left; column < right; column++)
                {
                    colour.CopyTo(pixels, ((row * Width) + column) * channels);
                }
            }
        }
    }

    private sealed class Lcg(uint state)
    {
        private uint _state = state;

        public uint Next() => _state = unchecked((_state * 1664525u) + 1013904223u);

        public int Below(int bound) => (int)((Next() >> 16) % (uint)bound);
    }
}
