using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A profile of a project's <c>Properties/launchSettings.json</c>.</summary>
internal sealed record LaunchProfile(string Name, string? ApplicationUrl, string? CommandLineArgs, IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    private static readonly JsonDocumentOptions JsonOptions = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Finds a profile that starts the project; the first one if no name is given.</summary>
    /// <exception cref="DistributedApplicationException">The file cannot be read, or a required profile is not in it.</exception>
    public static LaunchProfile? Find(string projectPath, string? name, bool required)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        var found = File.Exists(path)
            ? Read(path).FirstOrDefault(profile => name is null || string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase))
            : null;
        return found is null && required
            ? throw new DistributedApplicationException($"Launch profile '{name}' of project '{projectPath}' does not exist in '{path}'.")
            : found;
    }

    /// <summary>Gives a resource the endpoints, variables and arguments of the profile.</summary>
    public IResourceBuilder<ProjectResource> ApplyTo(IResourceBuilder<ProjectResource> project)
    {
        foreach (var address in (ApplicationUrl ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var uri = new Uri(address);
            project.WithEndpoint(uri.Scheme, endpoint =>
            {
                endpoint.UriScheme = uri.Scheme;
                endpoint.Port = uri.Port;
                endpoint.TargetHost = uri.Host;
                endpoint.Transport = "http";
            });
        }

        if (!string.IsNullOrWhiteSpace(CommandLineArgs))
        {
            project.WithArgs(Split(CommandLineArgs));
        }

        return project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", Name);
            foreach (var (name, value) in EnvironmentVariables)
            {
                context.EnvironmentVariables[name] = Environment.ExpandEnvironmentVariables(value);
            }
        });
    }

    private static IEnumerable<LaunchProfile> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), JsonOptions);
            return document.RootElement.TryGetProperty("profiles", out var profiles)
                ? [.. profiles.EnumerateObject().Where(profile => Text(profile.Value, "commandName") == "Project").Select(Parse)]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException)
        {
            throw new DistributedApplicationException($"The launch settings '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static LaunchProfile Parse(JsonProperty profile)
    {
        var variables = profile.Value.TryGetProperty("environmentVariables", out var values)
            ? values.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? string.Empty)
            : [];
        return new LaunchProfile(profile.Name, Text(profile.Value, "applicationUrl"), Text(profile.Value, "commandLineArgs"), variables);
    }

    private static string? Text(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? value.GetString() : null;

    /// <summary>Splits at blanks that are not between double quotes.</summary>
    private static string[] Split(string commandLine)
    {
        List<string> arguments = [];
        var current = new StringBuilder();
        var quoted = false;
        foreach (var character in commandLine)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character != ' ' || quoted)
            {
                current.Append(character);
            }
            else if (current.Length > 0)
            {
                arguments.Add(current.ToString());
                current.Clear();
            }
        }

        if (current.Length > 0)
        {
            arguments.Add(current.ToString());
        }

        return [.. arguments];
    }
}
