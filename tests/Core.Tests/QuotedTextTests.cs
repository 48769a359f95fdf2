using System.Text;

namespace DqnAspire.Core.Tests;

public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("runs/pong-1", "'runs/pong-1'")]
    [InlineData("", "''")]
    [InlineData("a\nb\r\u001b[31m", "'a\\u000ab\\u000d\\u001b[31m'")]
    [InlineData("x\u202ey\u2028z\u0085", "'x\\u202ey\\u2028z\\u0085'")]
    [InlineData("Müller", "'Müller'")]
    public void WhatATerminalObeys_IsEscaped(string text, string quoted) => Assert.Equal(quoted, text.Quote());

    [Fact]
    public void ALongText_LosesItsMiddle()
    {
        Assert.Equal($"'{new string('a', 120)}'", new string('a', 120).Quote());
        Assert.Equal(
            $"'{new string('a', 90)}[... 1,000,000 more ...]{new string('b', 30)}'",
            $"{new string('a', 90)}{new string('c', 1_000_000)}{new string('b', 30)}".Quote());
    }

    [Fact]
    public void AnyMessage_FitsIntoHeaders()
    {
        foreach (var character in new[] { 'a', '\u20ac', '\n', '\ud83d' })
        {
            // gRPC writes what is not ASCII as three characters for each byte of UTF-8.
            var line = QuotedText.OneLine(new string(character, 100_000));
            Assert.InRange(line.Sum(c => c < 128 ? 1 : 3 * Encoding.UTF8.GetByteCount([c])), 1, 8000);
            Assert.DoesNotContain(line, char.IsControl);
        }
    }
}
