using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;
using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// Everything about records but their observations: files <c>records-NUMBER.log</c>, named after their first record.
/// Commits are appended to them, and cut off again by a rewind. A commit is a block of records with a checksum; one
/// that the end of the process cut short does not count. Files whose records have all left the ring are deleted.
/// </summary>
/// <remarks>
/// Numbers are little-endian. File: "DQNRECS1", int32 format, int32 zero, int64 first record; then commits: int32
/// count, uint32 CRC-32C of count, first record and records, int64 first record, count records
/// (<see cref="StoredRecord"/>).
/// </remarks>
internal sealed class RecordLog : IDisposable
{
    public const string Prefix = "records-";
    public const string Pattern = Prefix + "*.log";

    private const int FileHeaderBytes = 24;
    private const int CommitHeaderBytes = 16;

    private static readonly byte[] Magic = "DQNRECS1"u8.ToArray();

    private readonly string _directory;
    private readonly int _recordsPerFile;
    private readonly int _slots;
    private readonly byte[] _buffer = new byte[CommitHeaderBytes + (TableSpec.MaxBlockRecords * StoredRecord.Bytes)];
    private SafeFileHandle? _tail;
    private long _tailFirst;
    private long _tailLength;
    private string _tailPath = "";

    public RecordLog(string directory, TableSpec spec)
    {
        _directory = directory;
        _slots = spec.Slots;
        _recordsPerFile = Math.Clamp(spec.Slots / 16, 4096, 1 << 18);
    }

    /// <summary>Reads all commits, oldest first; then the log is ready for appends.</summary>
    /// <exception cref="ReplayStoreException">
    /// A file in the middle is damaged, or one is of another version.
    /// </exception>
    public List<LoggedBlock> Recover()
    {
        var blocks = new List<LoggedBlock>();
        foreach (var path in Files())
        {
            var bytes = File.ReadAllBytes(path);
            var first = CheckHeader(path, bytes);
            if (first is null)
            {
                // The process ended while it made the file.
                File.Delete(path);
                continue;
            }

            if (blocks.Count > 0 && blocks[^1].End != first)
            {
                throw new ReplayStoreException(
                    $"{path} begins with record {first} where {blocks[^1].End} was expected: a commit before it is "
                    + "damaged.", StoreProblem.Damaged);
            }

            var offset = FileHeaderBytes;
            var next = first.Value;
            while (TryReadCommit(bytes.AsSpan(offset), next) is { } records)
            {
                blocks.Add(new LoggedBlock(path, offset, next, records));
                next += records.Length;
                offset += CommitHeaderBytes + (records.Length * StoredRecord.Bytes);
            }

            (_tailPath, _tailFirst, _tailLength) = (path, first.Value, offset);
        }

        if (_tailPath.Length > 0)
        {
            _tail?.Dispose();
            _tail = File.OpenHandle(_tailPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            RandomAccess.SetLength(_tail, _tailLength);
        }

        return blocks;
    }

    /// <summary>Removes a block and all after it.</summary>
    public void CutFrom(LoggedBlock block) => Cut(block.Path, block.Offset);

    /// <summary>Removes all records but the first ones.</summary>
    /// <param name="records">Number of records that stay: whole commits.</param>
    /// <exception cref="ReplayStoreException">There is no commit that ends there.</exception>
    public void CutTo(long records)
    {
        var path = Files().LastOrDefault(p => FirstOf(p) < records);
        if (path is null)
        {
            Clear();
            return;
        }

        var bytes = File.ReadAllBytes(path);
        var next = CheckHeader(path, bytes);
        var offset = FileHeaderBytes;
        while (next < records && TryReadCommit(bytes.AsSpan(offset), next.Value) is { } block)
        {
            next += block.Length;
            offset += CommitHeaderBytes + (block.Length * StoredRecord.Bytes);
        }

        if (next != records)
        {
            throw new ReplayStoreException(
                $"{path} has no commit that ends before record {records}.", StoreProblem.Damaged);
        }

        Cut(path, offset);
    }

    /// <summary>Adds a block; when this returns, the next process finds it.</summary>
    public void Commit(long first, ReadOnlySpan<StoredRecord> records, bool flush)
    {
        if (_tail is null || first - _tailFirst >= _recordsPerFile)
        {
            StartFile(first);
        }

        var length = RandomAccess.GetLength(_tail!);
        if (length < _tailLength)
        {
            throw new ReplayStoreException(
                $"{_tailPath} has {length:N0} bytes where {_tailLength:N0} were expected.", StoreProblem.Damaged);
        }

        var bytes = _buffer.AsSpan(0, CommitHeaderBytes + (records.Length * StoredRecord.Bytes));
        BinaryPrimitives.WriteInt32LittleEndian(bytes, records.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], first);
        MemoryMarshal.AsBytes(records).CopyTo(bytes[CommitHeaderBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Checksum(bytes));
        RandomAccess.Write(_tail!, bytes, _tailLength);
        if (flush)
        {
            RandomAccess.FlushToDisk(_tail!);
        }

        // A failure before this line leaves the end where it was; bytes behind it are overwritten or ignored.
        _tailLength += bytes.Length;
    }

    /// <summary>Opens the log's files as they are now, and gives the valid length of each.</summary>
    public List<(string Name, SafeFileHandle Handle, long Length)> OpenFiles() =>
    [
        .. Files().Select(path =>
        {
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return (Path.GetFileName(path), handle, path == _tailPath ? _tailLength : RandomAccess.GetLength(handle));
        }),
    ];

    public void Dispose() => _tail?.Dispose();

    private static string NameOf(long first) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{first:D19}.log");

    private static long FirstOf(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path).AsSpan(Prefix.Length), CultureInfo.InvariantCulture);

    private static uint Checksum(ReadOnlySpan<byte> commit) => Crc32C.Of(commit[8..], Crc32C.Of(commit[..4]));

    private static long? CheckHeader(string path, byte[] bytes)
    {
        if (bytes.Length < FileHeaderBytes)
        {
            return null;
        }

        if (!bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new ReplayStoreException($"{path} is not a log of records.", StoreProblem.Damaged);
        }

        var format = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        return format == TableManifest.Format
            ? BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16))
            : throw new ReplayStoreException(
                $"{path} is of format {format}; this program reads format {TableManifest.Format}.",
                StoreProblem.Damaged);
    }

    private static StoredRecord[]? TryReadCommit(ReadOnlySpan<byte> bytes, long first)
    {
        if (bytes.Length < CommitHeaderBytes)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (count is < 1 or > TableSpec.MaxBlockRecords
            || bytes.Length < CommitHeaderBytes + (count * StoredRecord.Bytes))
        {
            return null;
        }

        var commit = bytes[..(CommitHeaderBytes + (count * StoredRecord.Bytes))];
        return BinaryPrimitives.ReadInt64LittleEndian(commit[8..]) == first
            && BinaryPrimitives.ReadUInt32LittleEndian(commit[4..]) == Checksum(commit)
            ? MemoryMarshal.Cast<byte, StoredRecord>(commit[CommitHeaderBytes..]).ToArray()
            : null;
    }

    private void Cut(string path, int length)
    {
        _tail?.Dispose();
        // The newest first: an interruption leaves a log without gaps.
        foreach (var later in Files().Where(p => string.CompareOrdinal(p, path) > 0).Reverse())
        {
            File.Delete(later);
        }

        _tailPath = path;
        _tailFirst = FirstOf(path);
        _tailLength = length;
        _tail = File.OpenHandle(_tailPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        RandomAccess.SetLength(_tail, _tailLength);
    }

    private void Clear()
    {
        _tail?.Dispose();
        (_tail, _tailPath, _tailFirst, _tailLength) = (null, "", 0, 0);
        foreach (var path in Enumerable.Reverse(Files()))
        {
            File.Delete(path);
        }
    }

    private void StartFile(long first)
    {
        var path = Path.Combine(_directory, NameOf(first));
        var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        try
        {
            Span<byte> header = stackalloc byte[FileHeaderBytes];
            header.Clear();
            Magic.CopyTo(header);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], TableManifest.Format);
            BinaryPrimitives.WriteInt64LittleEndian(header[16..], first);
            RandomAccess.Write(handle, header, 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        _tail?.Dispose();
        (_tail, _tailPath, _tailFirst, _tailLength) = (handle, path, first, FileHeaderBytes);
        var files = Files();
        for (var i = 0; i + 1 < files.Count && FirstOf(files[i + 1]) <= first - _slots; i++)
        {
            File.Delete(files[i]);
        }
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_directory, Pattern).Order(StringComparer.Ordinal)];
}
