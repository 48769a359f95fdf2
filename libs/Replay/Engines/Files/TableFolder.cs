namespace DqnAspire.Replay.Engines.Files;

/// <summary>The folder of a table: which names in it are the table's, and how it is made and removed.</summary>
public static class TableFolder
{
    private const string Replacement = ".new";

    private static readonly string[] Files =
    [
        ManifestFile.FileName, ManifestFile.FileName + Replacement, FrameFile.FileName, StateFile.FileName,
        RewindFile.FileName, RewindFile.FileName + Replacement,
    ];

    /// <summary>
    /// Whether a table needs a name in its folder, so that no table below it can have it; in any case, because some
    /// file systems do not tell cases apart.
    /// </summary>
    /// <param name="name">One part of a table's name.</param>
    public static bool IsReserved(string name) =>
        Files.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith(RecordLog.Prefix, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(MarkFiles.Prefix, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(StagedTable.PartSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds which folders of a path would have to be made, the innermost first.</summary>
    internal static List<string> FindMissing(string directory)
    {
        var missing = new List<string>();
        for (var path = directory; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Add(path);
        }

        return missing;
    }

    /// <summary>Makes a folder for a table, without files of a process that ended before they were a table.</summary>
    internal static void Prepare(string directory)
    {
        Directory.CreateDirectory(directory);
        RemoveFiles(directory);
    }

    /// <summary>Removes what was made of a table that could not be completed, as far as that is possible.</summary>
    /// <param name="directory">The table's folder.</param>
    /// <param name="made">Folders that did not exist before, the innermost first.</param>
    internal static void Discard(string directory, IEnumerable<string> made)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                RemoveFiles(directory);
            }
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            // What the caller throws says what is wrong with the folder.
        }

        foreach (var path in made)
        {
            RemoveIfEmpty(path);
        }
    }

    /// <summary>Deletes all files of a table.</summary>
    internal static void RemoveFiles(string directory)
    {
        // Known names first: that needs no descriptor, and there may be none left.
        foreach (var name in Files)
        {
            File.Delete(Path.Combine(directory, name));
        }

        foreach (var path in Directory.EnumerateFiles(directory, RecordLog.Pattern))
        {
            File.Delete(path);
        }

        MarkFiles.DropAll(directory);
    }

    /// <summary>Deletes a folder unless something is in it.</summary>
    internal static void RemoveIfEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            // It is not empty, or gone already.
        }
    }
}
