namespace DqnAspire.Replay.Engines.Files;

/// <summary>A commit that was read from the log.</summary>
/// <param name="Path">The file it is in.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="First">Number of its first record.</param>
/// <param name="Records">Its records.</param>
internal sealed record LoggedBlock(string Path, int Offset, long First, StoredRecord[] Records)
{
    /// <summary>Number of the record after its last.</summary>
    public long End => First + Records.Length;
}
