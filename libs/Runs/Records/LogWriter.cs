using System.Text;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Records;

/// <summary>Appends to a run's log, and cuts it back to where it was.</summary>
internal sealed class LogWriter : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _file;
    private readonly StreamWriter _lines;

    /// <summary>Opens a log at its end; makes it where there is none.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public LogWriter(string path)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, BufferBytes);
        _file.Seek(0, SeekOrigin.End);
        _lines = new StreamWriter(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Bytes that were handed to the operating system.</summary>
    public long Length => _file.Length;

    /// <summary>Appends a record.</summary>
    public void Append(LogRecord record) => _lines.Write(RunLog.Format(record) + "\n");

    /// <summary>Hands everything to the operating system.</summary>
    public void Flush() => _lines.Flush();

    /// <summary>Hands everything to the disk.</summary>
    /// <returns>Bytes of the log.</returns>
    public long FlushToDisk()
    {
        _lines.Flush();
        _file.Flush(flushToDisk: true);
        return _file.Length;
    }

    /// <summary>Drops what lies behind a length.</summary>
    /// <param name="length">Bytes, at most <see cref="Length"/>.</param>
    public void Truncate(long length)
    {
        _lines.Flush();
        _file.SetLength(length);
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Drops what lies behind a length, where a line ends.</summary>
    /// <param name="length">Bytes.</param>
    /// <returns>False where no line ends there: nothing is changed.</returns>
    public bool TryTruncate(long length)
    {
        _lines.Flush();
        if (length > _file.Length)
        {
            return false;
        }

        if (length > 0)
        {
            _file.Seek(length - 1, SeekOrigin.Begin);
            var last = _file.ReadByte();
            _file.Seek(0, SeekOrigin.End);
            if (last != '\n')
            {
                return false;
            }
        }

        Truncate(length);
        return true;
    }

    /// <summary>Writes what waits, where the disk has room for it, and closes the log.</summary>
    public void Dispose()
    {
        try
        {
            _lines.Dispose();
        }
        catch (IOException)
        {
            // The file is closed all the same. A caller that needs the lines flushes them first, and gets the error.
        }
    }
}
