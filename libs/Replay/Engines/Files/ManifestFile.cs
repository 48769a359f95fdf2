using System.Text;
using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>The manifest of a table in a folder: <c>table.json</c>, replaced as a whole.</summary>
public static class ManifestFile
{
    internal const string FileName = "table.json";

    /// <summary>Whether a folder holds a table.</summary>
    /// <param name="directory">The folder.</param>
    public static bool IsTable(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Writes the manifest into a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="flush">Whether to wait for the disk.</param>
    /// <exception cref="ReplayStoreException">It cannot be written.</exception>
    public static void Save(string directory, TableManifest manifest, bool flush = true) =>
        StoreErrors.Guard(Path.Combine(directory, FileName), "written", path =>
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(manifest.ToJson())), flush));

    /// <summary>Reads the manifest of a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="ReplayStoreException">It is absent, cannot be read, or is of another version.</exception>
    public static TableManifest Load(string directory) =>
        StoreErrors.Read(
            Path.Combine(directory, FileName), "read", path => TableManifest.Parse(path, File.ReadAllBytes(path)));
}
