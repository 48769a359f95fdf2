using DqnAspire.AtariTraces.Format;

namespace DqnAspire.AtariTraces.Tests;

public sealed class ScreenHashTests
{
    /// <summary>Test vectors of the FNV specification.</summary>
    [Theory]
    [InlineData("", 0xCBF29CE484222325)]
    [InlineData("a", 0xAF63DC4C8601EC8C)]
    [InlineData("foobar", 0x85944171F73967E8)]
    public void Of_GivesThePublishedHashes(string text, ulong hash) =>
        Assert.Equal(hash, ScreenHash.Of(System.Text.Encoding.ASCII.GetBytes(text)));
}
