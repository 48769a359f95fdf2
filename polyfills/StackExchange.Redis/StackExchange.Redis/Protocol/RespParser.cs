using System.Globalization;
using System.Numerics;
using System.Text;

namespace StackExchange.Redis;

/// <summary>
/// Reads replies of RESP2 and RESP3 from bytes that arrive in pieces of any size. Strings are copied once, to where they stay; what is
/// missing of a long one can be received there directly (<see cref="Missing"/>, <see cref="Received"/>).
/// </summary>
/// <param name="wantsLease">Asked for each string that is a whole reply: whether it goes into borrowed memory.</param>
internal sealed class RespParser(Func<bool>? wantsLease = null)
{
    /// <summary>Longest string, in bytes: what Redis itself allows unless its <c>proto-max-bulk-len</c> is changed.</summary>
    public const int MaxString = 512 * 1024 * 1024;

    /// <summary>Longest line: types, lengths, numbers and short texts.</summary>
    private const int MaxLine = 64 * 1024;

    private const int MaxDepth = 128;

    /// <summary>Elements for which room is made before they are seen.</summary>
    private const int MaxInitialItems = 1024;

    private readonly Stack<Aggregate> _open = new();
    private Memory<byte> _string;
    private int _stringFilled;
    private ResultType _stringType;
    private object? _stringOwner;

    /// <summary>Where the bytes belong that are missing of the string being read; empty outside of a string.</summary>
    public Memory<byte> Missing => _string[_stringFilled..];

    /// <summary>Takes note of bytes that were put into <see cref="Missing"/>.</summary>
    /// <param name="count">Their number.</param>
    public void Received(int count) => _stringFilled += count;

    /// <summary>Reads on.</summary>
    /// <param name="data">What has arrived and was not consumed yet.</param>
    /// <param name="consumed">Bytes that are done with; the rest must be offered again, with more behind it.</param>
    /// <param name="reply">The reply.</param>
    /// <returns>Whether a reply is complete.</returns>
    /// <exception cref="RespProtocolException">The bytes are not RESP.</exception>
    public bool TryParse(ReadOnlySpan<byte> data, out int consumed, out RespReply reply)
    {
        consumed = 0;
        while (TryReadScalar(data, ref consumed, out reply))
        {
            if (Complete(ref reply))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one scalar, or the head of an aggregate with elements, which it opens.</summary>
    /// <returns>Whether <paramref name="reply"/> is something complete.</returns>
    private bool TryReadScalar(ReadOnlySpan<byte> data, ref int consumed, out RespReply reply)
    {
        while (true)
        {
            if (_stringOwner is not null)
            {
                return TryReadString(data, ref consumed, out reply);
            }

            reply = default;
            if (!TryReadLine(data[consumed..], out var line))
            {
                return false;
            }

            consumed += line.Length + 2;
            if (TryReadHead(line, out reply))
            {
                return true;
            }
        }
    }

    private static bool TryReadLine(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (data.IsEmpty)
        {
            return false;
        }

        if ("+-:$*_#,(!=%~|>"u8.IndexOf(data[0]) < 0)
        {
            throw new RespProtocolException($"A reply cannot begin with byte 0x{data[0]:x2}.");
        }

        var end = data.IndexOf((byte)'\n');
        if (end < 0)
        {
            return data.Length <= MaxLine ? false : throw new RespProtocolException($"A line has more than {MaxLine} bytes.");
        }

        if (data[end - 1] != (byte)'\r')
        {
            throw new RespProtocolException("A line does not end with CR LF.");
        }

        line = data[..(end - 1)];
        return true;
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Whether it is a whole reply; otherwise a string or an aggregate was opened.</returns>
    private bool TryReadHead(ReadOnlySpan<byte> line, out RespReply reply)
    {
        var text = line[1..];
        reply = default;
        switch ((char)line[0])
        {
            case '+':
                reply = RespReply.FromText(ResultType.SimpleString, Status(text));
                return true;
            case '-':
                reply = RespReply.FromText(ResultType.Error, Encoding.UTF8.GetString(text));
                return true;
            case ':':
                reply = RespReply.FromInteger(Integer(text));
                return true;
            case '_' when text.IsEmpty:
                reply = RespReply.Null(ResultType.Null);
                return true;
            case '#' when text.SequenceEqual("t"u8) || text.SequenceEqual("f"u8):
                reply = RespReply.FromBoolean(text[0] == 't');
                return true;
            case ',' when NumberText.TryParseDouble(text, out var number):
                reply = RespReply.FromDouble(number);
                return true;
            case '(' when BigInteger.TryParse(Encoding.ASCII.GetString(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big):
                reply = RespReply.FromBigInteger(big);
                return true;
            case '$':
                return !TryOpenString(ResultType.BulkString, text, out reply);
            case '!':
                return !TryOpenString(ResultType.BlobError, text, out reply);
            case '=':
                return !TryOpenString(ResultType.VerbatimString, text, out reply);
            case '*':
                return !TryOpenAggregate(ResultType.Array, text, 1, out reply);
            case '~':
                return !TryOpenAggregate(ResultType.Set, text, 1, out reply);
            case '>':
                return !TryOpenAggregate(ResultType.Push, text, 1, out reply);
            case '%':
                return !TryOpenAggregate(ResultType.Map, text, 2, out reply);
            case '|':
                return !TryOpenAggregate(ResultType.Attribute, text, 2, out reply);
            default:
                throw new RespProtocolException($"Not a reply: {Encoding.Latin1.GetString(line[..Math.Min(line.Length, 60)])}");
        }
    }

    private bool TryOpenString(ResultType type, ReadOnlySpan<byte> text, out RespReply reply)
    {
        var length = Length(text, MaxString);
        reply = RespReply.Null(type);
        if (length < 0)
        {
            return false;
        }

        _stringType = type;
        _stringFilled = 0;
        if (type == ResultType.BulkString && _open.Count == 0 && wantsLease?.Invoke() == true)
        {
            var lease = Lease<byte>.Create((int)length, clear: false);
            _stringOwner = lease;
            _string = lease.Memory;
        }
        else
        {
            var bytes = length == 0 ? [] : GC.AllocateUninitializedArray<byte>((int)length);
            _stringOwner = bytes;
            _string = bytes;
        }

        return true;
    }

    private bool TryReadString(ReadOnlySpan<byte> data, ref int consumed, out RespReply reply)
    {
        reply = default;
        var take = Math.Min(data.Length - consumed, _string.Length - _stringFilled);
        data.Slice(consumed, take).CopyTo(_string.Span[_stringFilled..]);
        _stringFilled += take;
        consumed += take;
        if (_stringFilled < _string.Length || data.Length - consumed < 2)
        {
            return false;
        }

        if (data[consumed] != '\r' || data[consumed + 1] != '\n')
        {
            throw new RespProtocolException("A string is longer than its length says.");
        }

        consumed += 2;
        reply = _stringOwner switch
        {
            Lease<byte> lease => RespReply.FromLease(lease),
            byte[] text when _stringType == ResultType.BlobError => RespReply.FromText(ResultType.BlobError, Encoding.UTF8.GetString(text)),
            var bytes => RespReply.FromBytes(_stringType, (byte[])bytes!),
        };
        _stringOwner = null;
        _string = default;
        _stringFilled = 0;
        return true;
    }

    private bool TryOpenAggregate(ResultType type, ReadOnlySpan<byte> text, int perElement, out RespReply reply)
    {
        var count = Length(text, int.MaxValue / 2) * perElement;
        if (count < 0)
        {
            reply = RespReply.Null(type);
            return false;
        }

        if (count == 0 && type != ResultType.Attribute)
        {
            reply = RespReply.FromItems(type, []);
            return false;
        }

        reply = default;
        if (_open.Count == MaxDepth)
        {
            throw new RespProtocolException($"Replies are nested more than {MaxDepth} deep.");
        }

        if (count > 0)
        {
            _open.Push(new Aggregate(type, (int)count));
        }

        return true;
    }

    /// <summary>Puts a complete element where it belongs, and whatever that completes, up to the reply itself.</summary>
    /// <returns>Whether the reply is complete.</returns>
    private bool Complete(ref RespReply reply)
    {
        while (_open.TryPeek(out var aggregate))
        {
            if (!aggregate.Add(reply))
            {
                return false;
            }

            _open.Pop();
            if (aggregate.Type == ResultType.Attribute)
            {
                return false;
            }

            reply = RespReply.FromItems(aggregate.Type, aggregate.Items);
        }

        return true;
    }

    private static string Status(ReadOnlySpan<byte> text)
        => text.SequenceEqual("OK"u8) ? "OK" : text.SequenceEqual("QUEUED"u8) ? "QUEUED" : Encoding.UTF8.GetString(text);

    private static long Integer(ReadOnlySpan<byte> text)
        => NumberText.TryParseInt64(text, out var value)
            ? value
            : throw new RespProtocolException($"Not an integer: {Encoding.Latin1.GetString(text[..Math.Min(text.Length, 60)])}");

    private static long Length(ReadOnlySpan<byte> text, long longest)
    {
        var length = Integer(text);
        return length >= -1 && length <= longest ? length : throw new RespProtocolException($"A length cannot be {length}.");
    }

    private sealed class Aggregate(ResultType type, int count)
    {
        private int _filled;

        public ResultType Type => type;

        public RespReply[] Items { get; private set; } = new RespReply[Math.Min(count, MaxInitialItems)];

        /// <summary>Adds an element.</summary>
        /// <returns>Whether it was the last one.</returns>
        public bool Add(in RespReply item)
        {
            if (_filled == Items.Length)
            {
                var larger = new RespReply[(int)Math.Min(count, Items.Length * 2L)];
                Items.CopyTo(larger, 0);
                Items = larger;
            }

            Items[_filled++] = item;
            return _filled == count;
        }
    }
}
