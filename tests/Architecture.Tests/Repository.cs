using System.Runtime.CompilerServices;

namespace DqnAspire.Architecture.Tests;

/// <summary>The files of the repository that this was built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "TestResults", ".git", "runs"];

    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files by their extension, as paths from the root with slashes.</summary>
    public static IReadOnlyList<string> Files(string extension) =>
        [.. Find(new DirectoryInfo(Root), extension).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order()];

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Find(DirectoryInfo folder, string extension) =>
        folder.EnumerateFiles("*" + extension)
        .Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories()
            .Where(sub => !Generated.Contains(sub.Name))
            .SelectMany(sub => Find(sub, extension)));

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        for (var folder = Path.GetDirectoryName(thisFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "DqnAspire.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"{thisFile} does not lie in the repository.");
    }
}
