using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <content>References between resources.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>
    /// Tells a resource the addresses of another: <c>services__name__endpoint__n</c> for each endpoint, n counting the
    /// replicas, and <c>NAME_ENDPOINT</c> for the first.
    /// </summary>
    /// <param name="builder">Builder of the resource that is told.</param>
    /// <param name="source">The resource it is told about.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.WithEndpointReference(source.Resource, endpointName: null);
    }

    /// <summary>Tells a resource the address of one endpoint of another, as <c>services__name__endpoint__n</c>.</summary>
    /// <param name="builder">Builder of the resource that is told.</param>
    /// <param name="endpointReference">The endpoint it is told about.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.WithEndpointReference(endpointReference.Resource, endpointReference.EndpointName);
    }

    /// <summary>Gives a resource a connection string, as <c>ConnectionStrings__name</c>.</summary>
    /// <param name="builder">Builder of the resource that gets it.</param>
    /// <param name="source">The resource that has it.</param>
    /// <param name="connectionName">Name in the variable; the name of <paramref name="source"/> if null.</param>
    /// <param name="optional">Whether it may be missing; then the variable is not set.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? resource.Name}";
        return builder
            .WithRelationship(resource, KnownRelationshipTypes.Reference)
            .WithEnvironment(context => context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional));
    }

    /// <summary>Tells a resource the address of a service outside the application, as <c>services__name__default__0</c>.</summary>
    /// <param name="builder">Builder of the resource that is told.</param>
    /// <param name="name">Name of the service.</param>
    /// <param name="uri">Its address: absolute, its path ending with a slash.</param>
    /// <exception cref="InvalidOperationException">The address is not of that form.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || !uri.AbsolutePath.EndsWith('/') || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new InvalidOperationException($"The address '{uri}' of service '{name}' must be absolute, end with '/', and have no query and no fragment.");
        }

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    /// <summary>Notes that a resource is related to another.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="resource">The other resource.</param>
    /// <param name="type">Kind of the relationship.</param>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));
    }

    private static IResourceBuilder<T> WithEndpointReference<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var reference = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(annotation => annotation.Resource == source);
        if (reference is null)
        {
            reference = new EndpointReferenceAnnotation(source);
            builder
                .WithAnnotation(reference)
                .WithRelationship(source, KnownRelationshipTypes.Reference)
                .WithEnvironment(context => AddEndpointVariables(context, reference));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder;
    }

    private static void AddEndpointVariables(EnvironmentCallbackContext context, EndpointReferenceAnnotation reference)
    {
        var name = reference.Resource.Name;
        foreach (var endpoint in reference.Resource.GetEndpoints())
        {
            if (reference.UseAllEndpoints || reference.EndpointNames.Contains(endpoint.EndpointName))
            {
                context.EnvironmentVariables[$"{EncodeName(name)}_{EncodeName(endpoint.EndpointName)}"] = endpoint;
                for (var replica = 0; replica < endpoint.EndpointAnnotation.ReplicaEndpoints.Count; replica++)
                {
                    context.EnvironmentVariables[$"services__{name}__{endpoint.EndpointName}__{replica}"] = endpoint.Allocated(replica).UriString;
                }
            }
        }
    }

    /// <summary>A name in the form of environment variables: hyphens, which shells do not take, become underscores.</summary>
    private static string EncodeName(string name) => name.Replace('-', '_').ToUpperInvariant();
}
