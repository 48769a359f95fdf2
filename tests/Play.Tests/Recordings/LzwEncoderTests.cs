using DqnAspire.Play.Recordings.Gif;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class LzwEncoderTests
{
    [Fact]
    public void FourEqualPixels_AreTheCodesByHand()
    {
        // Codes of three bits: clear (4), 0, "00" (6), 0, end (5); lowest bits first: 1000 0100, 101 0001.
        Assert.Equal([2, 2, 0b1000_0100, 0b0101_0001, 0], Encode([0, 0, 0, 0], 2));
    }

    [Fact]
    public void CodesGrow_WhenTheNextOneNeedsABitMore()
    {
        // "12", "23" and "30" are entries 6, 7 and 8; with the last, codes have four bits. From the lowest bit up:
        // clear 100, 1 001, 2 010, 3 011, then 0 0000 and end 0101.
        Assert.Equal([2, 3, 0b10_001_100, 0b0000_011_0, 0b0101, 0], Encode([1, 2, 3, 0], 2));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void WhatANaiveReaderDecodes_IsWhatWentIn(int bits)
    {
        var random = new Random(7);
        // One pixel up to several tables full, of noise and of runs.
        foreach (var length in (int[])[1, 2, 3, 100, 4095, 5000, 30_000])
        {
            var noise = Enumerable.Range(0, length).Select(_ => (byte)random.Next(1 << bits)).ToArray();
            var runs = Enumerable.Range(0, length).Select(i => (byte)((i / 97) % (1 << bits))).ToArray();
            var flat = new byte[length];
            foreach (var pixels in (byte[][])[noise, runs, flat])
            {
                Assert.Equal(pixels, GifReader.Decode(Encode(pixels, bits), 0).Pixels);
            }
        }
    }

    [Fact]
    public void EveryLength_EndsWell()
    {
        // The end code's width depends on the last entry: every length up to the first widening and beyond.
        var random = new Random(3);
        for (var length = 1; length < 700; length++)
        {
            var pixels = Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)).ToArray();
            Assert.Equal(pixels, GifReader.Decode(Encode(pixels, 8), 0).Pixels);
        }
    }

    private static byte[] Encode(byte[] pixels, int bits)
    {
        using var output = new MemoryStream();
        new LzwEncoder().Encode(pixels, bits, output);
        return output.ToArray();
    }
}
