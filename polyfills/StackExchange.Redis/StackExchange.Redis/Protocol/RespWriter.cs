using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace StackExchange.Redis;

/// <summary>
/// Writes commands to a stream: many short ones gathered into one write, long arguments straight from where they lie. Not for several
/// threads at once.
/// </summary>
/// <param name="stream">Where the bytes go.</param>
internal sealed class RespWriter(Stream stream)
{
    /// <summary>Arguments from this length on are not copied.</summary>
    private const int LongArgument = 32 * 1024;

    /// <summary>Longest length line with its type and line end: <c>$2147483647</c>.</summary>
    private const int HeadRoom = 16;

    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _used;

    /// <summary>Adds a command.</summary>
    /// <param name="name">Its name, ASCII.</param>
    /// <param name="arguments">What follows the name.</param>
    public void Write(string name, ReadOnlySpan<RedisValue> arguments)
    {
        Debug.Assert(name.Length < LongArgument, "Names of commands are short.");
        WriteHead('*', arguments.Length + 1);
        WriteHead('$', name.Length);
        Reserve(name.Length + 2);
        _used += Encoding.ASCII.GetBytes(name, _buffer.AsSpan(_used));
        EndLine();
        foreach (ref readonly var argument in arguments)
        {
            Write(argument);
        }
    }

    /// <summary>Sends what was gathered.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            var count = _used;
            _used = 0;
            stream.Write(_buffer.AsSpan(0, count));
        }
    }

    private void Write(in RedisValue argument)
    {
        var length = argument.GetByteCount();
        WriteHead('$', length);
        if (length < LongArgument)
        {
            Reserve(length + 2);
            _used += argument.CopyTo(_buffer.AsSpan(_used));
        }
        else
        {
            Flush();
            stream.Write(((ReadOnlyMemory<byte>)argument).Span);
        }

        EndLine();
    }

    private void WriteHead(char type, int number)
    {
        Reserve(HeadRoom);
        _buffer[_used++] = (byte)type;
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_used), out var written);
        _used += written;
        EndLine();
    }

    private void EndLine()
    {
        _buffer[_used++] = (byte)'\r';
        _buffer[_used++] = (byte)'\n';
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _used < count)
        {
            Flush();
        }
    }
}
