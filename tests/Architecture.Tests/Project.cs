using System.Xml.Linq;

namespace DqnAspire.Architecture.Tests;

/// <summary>A project file and what it sees.</summary>
/// <param name="Path">From the root, with slashes.</param>
/// <param name="References">Names of the projects whose assemblies it is compiled against.</param>
/// <param name="Packages">Names of the packages that it asks for.</param>
internal sealed record Project(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    private static readonly Lazy<IReadOnlyDictionary<string, Project>> AllProjects =
        new(() => Repository.Files(".csproj").Select(Load).ToDictionary(project => project.Name));

    /// <summary>All projects by name.</summary>
    public static IReadOnlyDictionary<string, Project> All => AllProjects.Value;

    /// <summary>Name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether it is one of the libraries.</summary>
    public bool IsLibrary => Path.StartsWith("libs/", StringComparison.Ordinal);

    /// <summary>Whether it is one of the services.</summary>
    public bool IsService => Name is "EnvService" or "ReplayService" or "LearnerService" or "EvalService";

    /// <summary>Everything that it carries: its references and theirs.</summary>
    public IReadOnlySet<string> Closure()
    {
        var seen = new HashSet<string>();
        Add(this);
        return seen;

        void Add(Project project)
        {
            foreach (var reference in project.References.Where(seen.Add))
            {
                Add(All[reference]);
            }
        }
    }

    private static Project Load(string path)
    {
        var xml = XDocument.Parse(Repository.Read(path));
        // An Aspire host names the projects that it starts; it does not see their types.
        var starts = xml.Root!.Attribute("Sdk")?.Value.StartsWith("Aspire.AppHost.Sdk", StringComparison.Ordinal)
            ?? false;
        var references = xml.Descendants("ProjectReference")
            .Where(reference => !starts || reference.Attribute("IsAspireProjectResource")?.Value == "false")
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference =>
                System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        var packages = xml.Descendants("PackageReference").Select(package => package.Attribute("Include")?.Value)
            .OfType<string>();
        return new Project(path, [.. references], [.. packages]);
    }
}
