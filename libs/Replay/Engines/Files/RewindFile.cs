using System.Runtime.InteropServices;
using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// The rewind that is in progress: <c>rewind.bin</c>. The file is complete before anything of the table changes, and is
/// deleted when everything has changed. A process that opens a table with this file repeats the rewind.
/// </summary>
internal static class RewindFile
{
    public const string FileName = "rewind.bin";

    public static void Save(string directory, RewindPoint point, bool flush)
    {
        using var contents = new MemoryStream();
        using (var writer = new BinaryWriter(contents))
        {
            writer.Write(TableManifest.Format);
            writer.Write(point.Records);
            writer.Write(point.FirstKept);
            writer.Write(point.Sampled);
            writer.Write(point.MaxPriority);
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

    /// <summary>The rewind that an earlier process did not complete; null when there is none.</summary>
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
            throw new ReplayStoreException($"{path} is damaged: its checksum is wrong.", StoreProblem.Damaged);
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
            : throw new ReplayStoreException(
                $"{path} is of format {format}; this program reads format {TableManifest.Format}.",
                StoreProblem.Damaged);
    }

    public static void Remove(string directory) => File.Delete(PathOf(directory));

    private static string PathOf(string directory) => Path.Combine(directory, FileName);
}
