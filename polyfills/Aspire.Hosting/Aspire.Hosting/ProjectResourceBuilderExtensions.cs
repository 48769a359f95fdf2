using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the application host's project references.</summary>
    /// <typeparam name="TProject">The generated class <c>Projects.Name</c>.</typeparam>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the resource.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project that the application host's project references.</summary>
    /// <typeparam name="TProject">The generated class <c>Projects.Name</c>.</typeparam>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="launchProfileName">Launch profile to use; none if null.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, UseProfile(launchProfileName));

    /// <summary>Adds a project that the application host's project references.</summary>
    /// <typeparam name="TProject">The generated class <c>Projects.Name</c>.</typeparam>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="configure">How it is added.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProject(name, new TProject(), configure);
    }

    /// <summary>Adds a project by its path. It is built when it is started.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">Project file or directory; relative to the application host's project.</param>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    /// <summary>Adds a project by its path. It is built when it is started.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">Project file or directory; relative to the application host's project.</param>
    /// <param name="launchProfileName">Launch profile to use; none if null.</param>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath,
        string? launchProfileName) => builder.AddProject(name, projectPath, UseProfile(launchProfileName));

    /// <summary>Adds a project by its path. It is built when it is started.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">Project file or directory; relative to the application host's project.</param>
    /// <param name="configure">How it is added.</param>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath,
        Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(projectPath);
        var path = Path.GetFullPath(projectPath.Replace('\\', Path.DirectorySeparatorChar), builder.AppHostDirectory);
        return builder.AddProject(name, new ProjectMetadata(path), configure);
    }

    /// <summary>Runs several processes of a project. Each gets ports of its own.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="replicas">Number of processes, at least 1.</param>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }

    private static Action<ProjectResourceOptions> UseProfile(string? name) => options =>
    {
        options.ExcludeLaunchProfile = name is null;
        options.LaunchProfileName = name;
    };

    private static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        IProjectMetadata metadata,
        Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation(metadata)
            .WithProcessDefaults()
            .WithEnvironment(context => SetDefaults(context, builder));

        var profile = options.ExcludeLaunchProfile
            ? null
            : LaunchProfile.Find(metadata.ProjectPath, options.LaunchProfileName ?? builder.Configuration["AppHost:DefaultLaunchProfileName"], options.LaunchProfileName is not null);
        return profile is null ? project : profile.ApplyTo(project);
    }

    private static void SetDefaults(EnvironmentCallbackContext context, IDistributedApplicationBuilder builder)
    {
        var variables = context.EnvironmentVariables;
        variables.TryAdd("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName);
        variables.TryAdd("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
        var urls = ((ProjectResource)context.Resource).GetEndpoints()
            .Where(endpoint => endpoint.IsHttp)
            .Select(endpoint => ReferenceExpression.Create($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}"))
            .ToArray();
        if (urls.Length > 0)
        {
            variables.TryAdd("ASPNETCORE_URLS", new JoinedValues(urls, ';'));
        }
    }
}
