using System.Text;
using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;

namespace JournalReplay;

/// <summary>
/// A file of entries, each with its length and checksum, so that an entry that was cut short by the end of the process
/// is recognised and removed.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int MaxEntryBytes = 1 << 30;

    private readonly string _path;
    private readonly FileStream _stream;

    public JournalFile(string path, FileMode mode)
    {
        _path = path;
        try
        {
            _stream = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReplayStoreException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Adds an entry: all of it, or nothing when it fails.</summary>
    /// <param name="write">Writes its contents.</param>
    public void Add(Action<BinaryWriter> write)
    {
        using var contents = new MemoryStream();
        using (var writer = new BinaryWriter(contents, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        var end = _stream.Position;
        try
        {
            var bytes = contents.ToArray();
            using var writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(bytes.Length);
            writer.Write(Crc32C.Of(bytes));
            writer.Write(bytes);
            writer.Flush();
            // What the operating system has outlives the process.
            _stream.Flush();
        }
        catch (IOException e)
        {
            _stream.SetLength(end);
            throw new ReplayStoreException($"{_path} cannot be written; nothing was added: {e.Message}", e);
        }
    }

    /// <summary>Reads all entries; the file ends after the last valid one then.</summary>
    /// <param name="read">Reads the contents of an entry.</param>
    public void ReadAll(Action<BinaryReader> read)
    {
        using var reader = new BinaryReader(_stream, Encoding.UTF8, leaveOpen: true);
        var end = 0L;
        while (TryRead(reader) is { } bytes)
        {
            using var entry = new BinaryReader(new MemoryStream(bytes));
            read(entry);
            end = _stream.Position;
        }

        _stream.SetLength(end);
        _stream.Position = end;
    }

    public void Dispose() => _stream.Dispose();

    private byte[]? TryRead(BinaryReader reader)
    {
        if (_stream.Length - _stream.Position < sizeof(int) + sizeof(uint))
        {
            return null;
        }

        var length = reader.ReadInt32();
        var checksum = reader.ReadUInt32();
        if (length is < 0 or > MaxEntryBytes || length > _stream.Length - _stream.Position)
        {
            return null;
        }

        var bytes = reader.ReadBytes(length);
        return Crc32C.Of(bytes) == checksum ? bytes : null;
    }
}
