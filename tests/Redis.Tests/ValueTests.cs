using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class ValueTests
{
    [Fact]
    public void NullIsNoEmptyStringAndZeroAsANumber()
    {
        RedisValue nothing = (string?)null;

        Assert.True(nothing is { IsNull: true, IsNullOrEmpty: true, HasValue: false });
        Assert.True(RedisValue.EmptyString is { IsNull: false, IsNullOrEmpty: true, HasValue: false });
        Assert.NotEqual(nothing, RedisValue.EmptyString);
        Assert.Equal(nothing, (RedisValue)(byte[]?)null);
        Assert.Null((string?)nothing);
        Assert.Null((byte[]?)nothing);
        Assert.Equal(0, (long)nothing);
        Assert.Equal(0.0, (double)nothing);
        Assert.False((bool)nothing);
        Assert.Null((int?)nothing);
        Assert.Null((double?)nothing);
        Assert.Equal(string.Empty, nothing.ToString());
        Assert.True(((ReadOnlyMemory<byte>)nothing).IsEmpty);
    }

    [Fact]
    public void ValuesAreEqualWhenTheyAreTheSameNumberOrTheSameText()
    {
        RedisValue[][] groups =
        [
            [1, 1L, 1u, 1ul, 1.0, true, "1", "1"u8.ToArray(), "x1"u8.ToArray().AsMemory(1)],
            [1.5, "1.5", "1.50", "1.5"u8.ToArray()],
            [ulong.MaxValue, "18446744073709551615", "18446744073709551615"u8.ToArray()],
            [long.MinValue, "-9223372036854775808"],
            ["text", "text"u8.ToArray(), "a text"u8.ToArray().AsMemory(2)],
            ["inf", "inf"u8.ToArray()],
            [RedisValue.EmptyString, Array.Empty<byte>()],
            [RedisValue.Null],
            ["01x"], ["Text"],
        ];

        foreach (var x in groups.SelectMany((group, i) => group.Select(value => (value, i))))
        {
            foreach (var y in groups.SelectMany((group, i) => group.Select(value => (value, i))))
            {
                Assert.Equal(x.i == y.i, x.value == y.value);
                Assert.Equal(x.i != y.i, x.value != y.value);
                Assert.True(x.i != y.i || x.value.GetHashCode() == y.value.GetHashCode(), $"{x} {y}");
            }
        }
    }

    [Fact]
    public void NumbersAndTextsSurviveTheWayThroughBytes()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), number => (long)(RedisValue)Bytes(number) == number && (long)(RedisValue)Bytes(number).AsMemory() == number).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), number => (ulong)(RedisValue)Bytes(number) == number).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<double>(), number => ((double)(RedisValue)Bytes(number)).Equals(number)).QuickCheckThrowOnFailure();
        Prop.ForAll(
            ArbMap.Default.ArbFor<UnicodeString>(),
            text => text.Get is null || Bytes(text.Get).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text.Get))).QuickCheckThrowOnFailure();

        static byte[] Bytes(RedisValue value)
        {
            var bytes = new byte[value.GetByteCount()];
            Assert.Equal(bytes.Length, value.CopyTo(bytes));
            return bytes;
        }
    }

    [Fact]
    public void ConversionsFailWhereThereIsNoSuchNumber()
    {
        Assert.Throws<InvalidCastException>(() => (long)(RedisValue)"many");
        Assert.Throws<InvalidCastException>(() => (int)(RedisValue)1.5);
        Assert.Throws<InvalidCastException>(() => (double)(RedisValue)"1,5x");
        Assert.Throws<InvalidCastException>(() => (bool)(RedisValue)2);
        Assert.Throws<OverflowException>(() => (int)(RedisValue)5_000_000_000);
        Assert.Throws<OverflowException>(() => (uint)(RedisValue)(-1));
        Assert.False(((RedisValue)"many").TryParse(out long _));
        Assert.False(((RedisValue)5_000_000_000).TryParse(out int _));
        Assert.True(((RedisValue)"12"u8.ToArray()).TryParse(out int twelve));
        Assert.Equal(12, twelve);
        Assert.Equal(double.NegativeInfinity, (double)(RedisValue)"-inf");
        Assert.Equal("+inf", (string?)(RedisValue)double.PositiveInfinity);
        Assert.Equal(1.5f, (float)(RedisValue)"1.5");
    }

    [Fact]
    public void BytesAreReferredToNotCopied()
    {
        byte[] bytes = [1, 2, 3, 4];

        Assert.Same(bytes, (byte[]?)(RedisValue)bytes);
        ReadOnlyMemory<byte> part = (RedisValue)bytes.AsMemory(1, 2);
        bytes[1] = 9;
        Assert.Equal([9, 3], part.ToArray());
        using var owned = MemoryPool<byte>.Shared.Rent(4);
        Assert.Equal(4, ((RedisValue)owned.Memory[..4]).Length());
        var sequence = new ReadOnlySequence<byte>(bytes, 1, 3);
        Assert.Equal((byte[])[9, 3, 4], (byte[]?)(RedisValue)sequence);
        Assert.Equal(3, ((ReadOnlySequence<byte>)(RedisValue)sequence).Length);
        using var stream = new MemoryStream([5, 6]);
        Assert.Equal((byte[])[5, 6], (byte[]?)RedisValue.CreateFrom(stream));
    }

    [Fact]
    public void ValuesHaveAnOrder()
    {
        RedisValue[] sorted = [RedisValue.Null, -3, "1.5", 2, "10", ulong.MaxValue];

        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(((RedisValue)"abc").CompareTo("abd") < 0);
        Assert.True(((RedisValue)"prefix-rest").StartsWith("prefix"));
        Assert.False(RedisValue.Null.StartsWith(""));
    }

    [Fact]
    public void AKeyIsItsBytes()
    {
        RedisKey text = "schlüssel";
        RedisKey bytes = Encoding.UTF8.GetBytes("schlüssel");

        Assert.Equal(text, bytes);
        Assert.Equal(text.GetHashCode(), bytes.GetHashCode());
        Assert.NotEqual(text, (RedisKey)"Schlüssel");
        Assert.Equal("table:1:meta", ((RedisKey)"1").Prepend("table:").Append(":meta"));
        Assert.Equal(Encoding.UTF8.GetBytes("a:schlüssel"), (byte[]?)bytes.Prepend("a:"));
        Assert.NotEqual(default, (RedisKey)"");
        Assert.Equal("(null)", default(RedisKey).ToString());
    }

    [Fact]
    public void ResultsConvertAsTheirValuesDo()
    {
        var array = RedisResult.Create([1, "two", RedisValue.Null]);

        Assert.Equal((3, ResultType.Array), (array.Length, array.Resp2Type));
        Assert.Equal("two", (string?)array[1]);
        Assert.Equal<IEnumerable<string?>>(["1", "two", null], (string?[])array!);
        Assert.Equal("3 element(s)", array.ToString());
        Assert.Throws<InvalidCastException>(() => (int)array);
        Assert.Equal(7, (int)RedisResult.Create([(RedisValue)7]));
        var one = RedisResult.Create(1, ResultType.Boolean);
        Assert.Equal((ResultType.Boolean, ResultType.Integer), (one.Resp3Type, one.Resp2Type));
        Assert.True((bool)one);
        Assert.Equal([1], (long[])one!);
        Assert.Throws<InvalidCastException>(() => (RedisResult[]?)one);
        Assert.Throws<InvalidOperationException>(() => one[0]);
        Assert.Equal("v", (string?)RedisResult.Create(["NAME", (RedisValue)"v"]).ToDictionary()["name"]);
        Assert.Null((string?)(RedisResult?)null);
        Assert.True(RedisResult.Create(RedisValue.Null).IsNull);
        Assert.Equal("text", RedisResult.Create("txt:text", ResultType.VerbatimString).ToString(out var format));
        Assert.Equal("txt", format);
    }
}
