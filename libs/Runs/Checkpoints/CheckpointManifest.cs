using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Checkpoints;

/// <summary>What <c>manifest.json</c> of a checkpoint's folder holds: enough to find any file of it damaged.</summary>
internal sealed record CheckpointManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version that this program writes; it reads this one and the one before.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The version without <see cref="Checksum"/>.</summary>
    private const int WithoutChecksum = 1;

    /// <summary>Version of the folder's format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Agent steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Bytes that the run's log had; what follows them is of later steps.</summary>
    public required long LogLength { get; init; }

    /// <summary>The other files of the folder, by name.</summary>
    public required IReadOnlyDictionary<string, CheckpointFile> Files { get; init; }

    /// <summary>
    /// SHA-256 of the manifest itself without this, in hexadecimal digits; null in files of version 1.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Checksum { get; init; }

    /// <summary>The same with its checksum.</summary>
    public CheckpointManifest Sealed() => this with { Checksum = ComputeChecksum() };

    /// <summary>Checks everything that can be checked without the other files.</summary>
    /// <param name="steps">Steps that the name of the folder says.</param>
    /// <exception cref="InvalidDataException">It is damaged; the message says where.</exception>
    public void Validate(long steps)
    {
        if (FormatVersion is not (CurrentVersion or WithoutChecksum))
        {
            throw new InvalidDataException(
                $"its format is version {FormatVersion}; this program reads up to version {CurrentVersion}");
        }

        if ((Checksum is not null || FormatVersion == CurrentVersion) && Checksum != ComputeChecksum())
        {
            throw new InvalidDataException($"{FileName} has another checksum than it says");
        }

        if (Steps != steps || LogLength < 0 || Files is null)
        {
            throw new InvalidDataException(
                $"{FileName} is of step {Steps} with {LogLength} bytes of the log, in the folder of step {steps}");
        }

        foreach (var (name, file) in Files)
        {
            RunLayout.RequireName(name, $"a file of {FileName}");
            if (file is not { Length: >= 0, Sha256.Length: > 0 } || name == FileName)
            {
                throw new InvalidDataException($"{FileName} does not describe {name}");
            }
        }
    }

    private string ComputeChecksum() => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Checksum = null }, CheckpointJson.Options)));
}

/// <summary>A file of a checkpoint.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Their hash, in hexadecimal digits.</param>
internal sealed record CheckpointFile(long Length, string Sha256);
