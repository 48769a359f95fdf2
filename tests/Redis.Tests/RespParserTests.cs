using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class RespParserTests
{
    private static ReadOnlySpan<byte> Damage => "0123456789+-:$*_#,(!=%~|>\r\n\0xyz"u8;

    [Theory]
    [InlineData("+OK\r\n", ResultType.SimpleString, "OK")]
    [InlineData("-ERR no\r\n", ResultType.Error, "ERR no")]
    [InlineData(":-42\r\n", ResultType.Integer, "-42")]
    [InlineData("$5\r\na\r\nbc\r\n", ResultType.BulkString, "a\r\nbc")]
    [InlineData("$0\r\n\r\n", ResultType.BulkString, "")]
    [InlineData("$-1\r\n", ResultType.BulkString, null)]
    [InlineData("*-1\r\n", ResultType.Array, null)]
    [InlineData("*0\r\n", ResultType.Array, "[]")]
    [InlineData("*2\r\n:1\r\n*1\r\n$1\r\nx\r\n", ResultType.Array, "[1, [x]]")]
    [InlineData("_\r\n", ResultType.Null, null)]
    [InlineData("#t\r\n", ResultType.Boolean, "1")]
    [InlineData(",1.5\r\n", ResultType.Double, "1.5")]
    [InlineData(",-inf\r\n", ResultType.Double, "-inf")]
    [InlineData("(3492890328409238509324850943850943825024385\r\n", ResultType.BigInteger, "3492890328409238509324850943850943825024385")]
    [InlineData("!6\r\nERR no\r\n", ResultType.BlobError, "ERR no")]
    [InlineData("=8\r\ntxt:text\r\n", ResultType.VerbatimString, "text")]
    [InlineData("%1\r\n+a\r\n:1\r\n", ResultType.Map, "[a, 1]")]
    [InlineData("~1\r\n:7\r\n", ResultType.Set, "[7]")]
    [InlineData(">1\r\n+push\r\n", ResultType.Push, "[push]")]
    [InlineData("|1\r\n+ttl\r\n:9\r\n:5\r\n", ResultType.Integer, "5")]
    [InlineData("*2\r\n|1\r\n+a\r\n*0\r\n:1\r\n|0\r\n:2\r\n", ResultType.Array, "[1, 2]")]
    public void EveryTypeIsRead(string wire, object type, string? text)
    {
        var reply = Assert.Single(Parse(new RespParser(), Encoding.ASCII.GetBytes(wire), [wire.Length]));

        Assert.Equal((ResultType)type, reply.Type);
        Assert.Equal(text, Show(reply));
        Assert.Equal(text is null, reply.IsNull);
    }

    [Fact]
    public void AnySplitOfTheBytesGivesTheSameReplies()
    {
        // A seed is a whole conversation: replies of any type, nested, and the pieces in which they arrive.
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new System.Random(seed);
                var wire = new StringBuilder();
                var expected = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Write(random, wire, depth: 0)).ToArray();
                var bytes = Encoding.Latin1.GetBytes(wire.ToString());

                var replies = Parse(new RespParser(() => random.Next(2) == 0), bytes, Pieces(random, bytes.Length));

                Assert.Equal(expected, replies.Select(Show));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void BytesThatAreDamagedGiveAnErrorOrRepliesButNeverAnythingElse()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new System.Random(seed);
                var wire = new StringBuilder();
                for (var i = random.Next(1, 6); i > 0; i--)
                {
                    Write(random, wire, depth: 0);
                }

                var bytes = Encoding.Latin1.GetBytes(wire.ToString());
                for (var damages = random.Next(1, 4); damages > 0; damages--)
                {
                    bytes[random.Next(bytes.Length)] = Damage[random.Next(Damage.Length)];
                }

                try
                {
                    Parse(new RespParser(), bytes, Pieces(random, bytes.Length));
                }
                catch (RespProtocolException)
                {
                    // What it is for.
                }
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("OK\r\n")]
    [InlineData("?1\r\n")]
    [InlineData(":\r\n")]
    [InlineData(":1x\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$?\r\n")]
    [InlineData("$536870913\r\n")]
    [InlineData("$3\r\nabcd\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("*4294967296\r\n")]
    [InlineData("_x\r\n")]
    [InlineData("#y\r\n")]
    [InlineData(",one\r\n")]
    [InlineData("(1.5\r\n")]
    [InlineData("+OK\n")]
    [InlineData("\r\n")]
    public void WhatIsNoReplyIsAnError(string wire)
        => Assert.Throws<RespProtocolException>(() => Parse(new RespParser(), Encoding.ASCII.GetBytes(wire), [wire.Length]));

    [Fact]
    public void LinesAndNestingHaveALimit()
    {
        Assert.Throws<RespProtocolException>(() => Parse(new RespParser(), Encoding.ASCII.GetBytes("+" + new string('x', 70_000)), [70_001]));
        var deep = string.Concat(Enumerable.Repeat("*1\r\n", 200));
        Assert.Throws<RespProtocolException>(() => Parse(new RespParser(), Encoding.ASCII.GetBytes(deep), [deep.Length]));
        Assert.Empty(Parse(new RespParser(), "*1000000000\r\n:1\r\n"u8.ToArray(), [17]));
    }

    [Fact]
    public void WhatIsMissingOfAStringCanBeReceivedInPlace()
    {
        var parser = new RespParser();
        Assert.False(parser.TryParse("$10\r\nabc"u8, out var consumed, out _));
        Assert.Equal((8, 7), (consumed, parser.Missing.Length));

        "defghij"u8.CopyTo(parser.Missing.Span);
        parser.Received(7);

        Assert.True(parser.Missing.IsEmpty);
        Assert.True(parser.TryParse("\r\n"u8, out consumed, out var reply));
        Assert.Equal((2, "abcdefghij"), (consumed, Show(reply)));
    }

    /// <summary>Writes a random reply and says how it is to be shown.</summary>
    private static string? Write(System.Random random, StringBuilder wire, int depth)
    {
        if (random.Next(8) == 0)
        {
            wire.Append("|1\r\n+attribute\r\n");
            Write(random, wire, depth + 1);
        }

        var number = random.Next(-5, 1000).ToString(CultureInfo.InvariantCulture);
        var text = new string([.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => (char)random.Next(32, 127))]);
        var bytes = random.Next(5) == 0 ? new string('\n', random.Next(0, 40_000)) : text + "\r\n" + text;
        switch (random.Next(depth < 4 ? 13 : 10))
        {
            case 0:
                wire.Append('+').Append(text).Append("\r\n");
                return text;
            case 1:
                wire.Append('-').Append(text).Append("\r\n");
                return text;
            case 2:
                wire.Append(':').Append(number).Append("\r\n");
                return number;
            case 3:
                wire.Append("_\r\n");
                return null;
            case 4:
                wire.Append("$-1\r\n");
                return null;
            case 5:
                wire.Append("#f\r\n");
                return "0";
            case 6:
                wire.Append(',').Append(number).Append(".25\r\n");
                return number + ".25";
            case 7:
                wire.Append(CultureInfo.InvariantCulture, $"!{bytes.Length}\r\n{bytes}\r\n");
                return bytes;
            case 8:
                wire.Append(CultureInfo.InvariantCulture, $"={bytes.Length + 4}\r\ntxt:{bytes}\r\n");
                return bytes;
            case 9:
                wire.Append(CultureInfo.InvariantCulture, $"${bytes.Length}\r\n{bytes}\r\n");
                return bytes;
            default:
                var map = random.Next(3) == 0;
                var count = random.Next(0, 5);
                wire.Append(map ? '%' : "*~>"[random.Next(3)]).Append(count).Append("\r\n");
                return $"[{string.Join(", ", Enumerable.Range(0, map ? 2 * count : count).Select(_ => Write(random, wire, depth + 1) ?? "(nil)").ToArray())}]";
        }
    }

    private static int[] Pieces(System.Random random, int length)
    {
        var pieces = new List<int>();
        for (var left = length; left > 0; left -= pieces[^1])
        {
            pieces.Add(Math.Min(left, random.Next(3) == 0 ? random.Next(1, 10_000) : random.Next(1, 4)));
        }

        return [.. pieces];
    }

    /// <summary>Offers bytes piece by piece, as a connection does: what is not consumed again, with the next piece behind it.</summary>
    private static List<RespReply> Parse(RespParser parser, byte[] bytes, int[] pieces)
    {
        var replies = new List<RespReply>();
        var (start, end) = (0, 0);
        foreach (var piece in pieces)
        {
            end += piece;
            bool complete;
            do
            {
                complete = parser.TryParse(bytes.AsSpan(start..end), out var consumed, out var reply);
                start += consumed;
                if (complete)
                {
                    replies.Add(reply);
                }
            }
            while (complete);
        }

        return replies;
    }

    private static string? Show(RespReply reply) => reply switch
    {
        { IsNull: true } => null,
        { Lease: { } lease } => Encoding.Latin1.GetString(lease.Span),
        { Items: { } items } => $"[{string.Join(", ", items.Select(item => Show(item) ?? "(nil)"))}]",
        _ => reply.Text,
    };
}
