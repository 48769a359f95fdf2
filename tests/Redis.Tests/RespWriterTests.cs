using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class RespWriterTests
{
    [Fact]
    public void ACommandIsAnArrayOfStrings()
    {
        using var stream = new CountingStream();
        var writer = new RespWriter(stream);

        writer.Write("SET", ["key", 42, 1.5, "é", RedisValue.EmptyString, new byte[] { 0, 13, 10 }]);
        Assert.Equal(0, stream.Length);
        writer.Flush();

        Assert.Equal("*7\r\n$3\r\nSET\r\n$3\r\nkey\r\n$2\r\n42\r\n$3\r\n1.5\r\n$2\r\né\r\n$0\r\n\r\n$3\r\n\0\r\n\r\n"u8.ToArray(), stream.ToArray());
    }

    [Fact]
    public void ShortCommandsShareAWriteAndLongArgumentsAreWrittenFromWhereTheyAre()
    {
        using var stream = new CountingStream();
        var writer = new RespWriter(stream);
        for (var i = 0; i < 1000; i++)
        {
            writer.Write("PING", []);
        }

        writer.Flush();
        Assert.Equal((14_000, 1), (stream.Length, stream.Writes.Count));

        var large = new byte[1_000_000];
        new Random(1).NextBytes(large);
        writer.Write("SET", ["k", large]);
        writer.Flush();

        Assert.Contains(1_000_000, stream.Writes);
        Assert.Equal(large, stream.ToArray().AsSpan((int)stream.Length - 1_000_002, 1_000_000));
        writer.Flush();
        Assert.Equal(4, stream.Writes.Count);
    }

    [Fact]
    public void ArgumentsOfAnyLengthArriveWhole()
    {
        var random = new Random(5);
        using var stream = new CountingStream();
        var writer = new RespWriter(stream);
        var arguments = Enumerable.Range(0, 400).Select(_ =>
        {
            var bytes = new byte[random.Next(4) == 0 ? random.Next(30_000, 140_000) : random.Next(0, 200)];
            random.NextBytes(bytes);
            return bytes;
        }).ToArray();

        writer.Write("RPUSH", Array.ConvertAll(arguments, argument => (RedisValue)argument));
        writer.Flush();

        Assert.True(new RespParser().TryParse(stream.ToArray(), out var consumed, out var command));
        Assert.Equal(stream.Length, consumed);
        Assert.Equal(arguments.Length, command.Items!.Length - 1);
        Assert.All(arguments.Zip(command.Items.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceEqual((byte[]?)pair.Second.Value)));
    }

    private sealed class CountingStream : MemoryStream
    {
        public List<int> Writes { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes.Add(buffer.Length);
            base.Write(buffer);
        }
    }
}
