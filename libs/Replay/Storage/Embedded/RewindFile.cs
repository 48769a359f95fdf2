using System.Runtime.InteropServices;
using DqnAspire.Core.Files;

namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>
/// What a table is going back to: <c>rewind.bin</c>. It is there, whole, before anything of the table changes, and is removed
/// when all has; so whoever opens a table that has it only has to do the same again.
/// </summary>
internal static class RewindFile
{
    private const string FileName = "rewind.bin";

    public static void Save(string directory, RewindPoint point, bool flush)
    {
        using var contents = new MemoryStream();
        using (var writer = new BinaryWriter(contents))
        {
            writer.Write(TableManifest.Format);
            writer.Write(point.Records);
            writer.Write(point.FirstKept);
            writer.Write(point.Sampled);
            writer.Write(point.HighestPriority);
            writer.Write(point.FirstStep);
            writer.Write(point.Priorities.Length);
            writer.Write(MemoryMarshal.AsBytes(point.Priorities.Span));
            writer.Write(point.DroppedMarks.Count);
            foreach (var mark in point.DroppedMarks)
            {
                writer.Write(mark);
            }
        }

        AtomicFile.Write(PathOf(directory), stream => stream.Write(Sealed.Seal(contents.ToArray())), flush);
    }

    /// <summary>What an earlier process began to go back to; null when it had nothing left to do.</summary>
    /// <exception cref="ReplayStoreException">It cannot be read.</exception>
    public static RewindPoint? Load(string directory)
    {
        var path = PathOf(directory);
        if (!File.Exists(path))
        {
            return null;
        }

        if (!Sealed.TryOpen(File.ReadAllBytes(path), out var contents))
        {
            throw new ReplayStoreException($"{path} is damaged: its checksum is wrong.");
        }

        using var reader = new BinaryReader(contents);
        var format = reader.ReadInt32();
        return format == TableManifest.Format
            ? new RewindPoint(
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadSingle(),
                reader.ReadInt64(),
                MemoryMarshal.Cast<byte, float>(reader.ReadBytes(reader.ReadInt32() * sizeof(float))).ToArray(),
                [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())])
            : throw new ReplayStoreException($"{path} is of format {format}; this program reads format {TableManifest.Format}.");
    }

    public static void Remove(string directory) => File.Delete(PathOf(directory));

    private static string PathOf(string directory) => Path.Combine(directory, FileName);
}
