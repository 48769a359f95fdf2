namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// How far a folder of cartridges is looked through. Everything that was ever sold for the console is some 20 MB in
/// 4,000 files.
/// </summary>
/// <param name="Depth">Folders within folders.</param>
/// <param name="Files">Files and folders looked at.</param>
/// <param name="Bytes">Bytes of all images together.</param>
/// <param name="Time">How long it may take.</param>
internal sealed record FolderLimits(int Depth, int Files, long Bytes, TimeSpan Time)
{
    /// <summary>No board is larger; longer files are not looked at.</summary>
    public const int ImageBytes = 512 * 1024;

    /// <summary>Longer zip files are not opened: their lists of files alone could fill the memory.</summary>
    public const int ArchiveBytes = 32 * 1024 * 1024;

    /// <summary>Those in force.</summary>
    public static FolderLimits Default { get; } = new(64, 100_000, 128L * 1024 * 1024, TimeSpan.FromSeconds(5));
}
