namespace DqnAspire.Runs.Checkpoints;

/// <summary>What <c>manifest.json</c> of a checkpoint's folder holds: enough to find any file of it damaged.</summary>
internal sealed record CheckpointManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the folder's format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Agent steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Bytes that the run's log had; what follows them is of later steps.</summary>
    public required long LogLength { get; init; }

    /// <summary>The other files of the folder, by name.</summary>
    public required IReadOnlyDictionary<string, CheckpointFile> Files { get; init; }
}

/// <summary>A file of a checkpoint.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Their hash, in hexadecimal digits.</param>
internal sealed record CheckpointFile(long Length, string Sha256);
