using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>
/// Where a project is. The build generates an implementation <c>Projects.Name</c> for each project that the
/// application host's project references.
/// </summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>Whether the project is built already, as one that the application host's project references is.</summary>
    bool SuppressBuild => false;
}

/// <summary>Metadata of a project that was added by its path.</summary>
internal sealed class ProjectMetadata(string projectPath) : IProjectMetadata
{
    public string ProjectPath { get; } = Resolve(projectPath);

    /// <summary>A directory means the one project in it.</summary>
    private static string Resolve(string path) =>
        Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var project] ? project : path;
}
