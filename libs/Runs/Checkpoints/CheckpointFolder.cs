using System.Security.Cryptography;
using System.Text.Json;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Runs.Checkpoints;

/// <summary>
/// One checkpoint as a folder: <c>state.json</c>, <c>training.safetensors</c>, a file <c>NAME.part</c> for each opaque
/// part, whatever else is put beside them, and the manifest, which is written last.
/// </summary>
internal static class CheckpointFolder
{
    private const string StateFile = "state.json";
    private const string TensorsFile = "training.safetensors";
    private const string PartExtension = ".part";

    /// <summary>Writes a checkpoint into an empty folder, through to the disk.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="checkpoint">What is written.</param>
    /// <param name="logLength">Bytes of the run's log.</param>
    /// <param name="others">Files to put beside it, by name.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(
        string folder, Checkpoint checkpoint, long logLength, IReadOnlyDictionary<string, Action<Stream>> others)
    {
        var files = new SortedDictionary<string, CheckpointFile>(StringComparer.Ordinal)
        {
            [StateFile] = WriteFile(
                folder,
                StateFile,
                stream => JsonSerializer.Serialize(stream, checkpoint.State, CheckpointJson.Options)),
            [TensorsFile] = WriteFile(folder, TensorsFile, checkpoint.Tensors.Write),
        };
        foreach (var (name, part) in checkpoint.Parts)
        {
            files[name + PartExtension] = WriteFile(folder, name + PartExtension, stream => stream.Write(part));
        }

        foreach (var (name, write) in others)
        {
            files[name] = WriteFile(folder, name, write);
        }

        var manifest = new CheckpointManifest
        {
            FormatVersion = CheckpointManifest.CurrentVersion,
            Steps = checkpoint.State.Statistics.Steps,
            LogLength = logLength,
            Files = files,
        };
        WriteFile(
            folder,
            CheckpointManifest.FileName,
            stream => JsonSerializer.Serialize(stream, manifest.Sealed(), CheckpointJson.Options));
    }

    /// <summary>Reads a checkpoint, and every byte of its files against the manifest.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="steps">Steps that its name says.</param>
    /// <exception cref="InvalidDataException">It is damaged; the message says where.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static StoredCheckpoint Read(string folder, long steps)
    {
        var manifest = ReadManifest(folder, steps);
        var contents = manifest.Files.ToDictionary(file => file.Key, file => ReadFile(folder, file.Key, file.Value));
        var parts = contents.Where(file => file.Key.EndsWith(PartExtension, StringComparison.Ordinal))
            .ToDictionary(file => file.Key[..^PartExtension.Length], file => file.Value);
        var state = Deserialize<CheckpointState>(Find(StateFile), StateFile);
        state.Validate();
        if (state.Statistics.Steps != steps)
        {
            throw new InvalidDataException($"{StateFile} is of step {state.Statistics.Steps}");
        }

        return new StoredCheckpoint(
            new Checkpoint(state, SafetensorsFile.Read(new MemoryStream(Find(TensorsFile))), parts),
            manifest.LogLength);

        byte[] Find(string name) => contents.TryGetValue(name, out var content)
            ? content
            : throw new InvalidDataException($"{CheckpointManifest.FileName} does not name {name}");
    }

    private static CheckpointManifest ReadManifest(string folder, long steps)
    {
        var path = Path.Combine(folder, CheckpointManifest.FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{CheckpointManifest.FileName} is missing");
        }

        var manifest = Deserialize<CheckpointManifest>(File.ReadAllBytes(path), CheckpointManifest.FileName);
        manifest.Validate(steps);
        return manifest;
    }

    private static T Deserialize<T>(byte[] json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(
                json, CheckpointJson.Options) ?? throw new InvalidDataException($"{name} is empty");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"{name} cannot be read: {OneLine.Of(e.Message)}", e);
        }
    }

    private static CheckpointFile WriteFile(string folder, string name, Action<Stream> write)
    {
        using var file = new FileStream(
            Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashed);
        }

        file.Flush(flushToDisk: true);
        return new CheckpointFile(file.Length, Convert.ToHexStringLower(hash.Hash!));
    }

    private static byte[] ReadFile(string folder, string name, CheckpointFile expected)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
        {
            throw new InvalidDataException($"{name} is missing");
        }

        // Before it is read: what stands there may be as large as a disk.
        if (file.Length != expected.Length)
        {
            throw new InvalidDataException($"{name} has {file.Length} bytes instead of {expected.Length}");
        }

        var content = File.ReadAllBytes(file.FullName);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == expected.Sha256
            ? content
            : throw new InvalidDataException($"{name} has other bytes than were written");
    }
}
