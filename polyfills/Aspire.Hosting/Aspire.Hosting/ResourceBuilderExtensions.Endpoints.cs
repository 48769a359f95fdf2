using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <content>Endpoints and links.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an endpoint.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="port">Port that others use; chosen at start if null.</param>
    /// <param name="targetPort">Port that the resource listens on; <paramref name="port"/> if null.</param>
    /// <param name="scheme">Scheme of its address; the protocol's name if null.</param>
    /// <param name="name">Its name; the scheme if null.</param>
    /// <param name="env">Environment variable that tells the resource the port to listen on.</param>
    /// <param name="isProxied">See <see cref="EndpointAnnotation"/>.</param>
    /// <param name="isExternal">Whether it is for clients outside the application.</param>
    /// <param name="protocol">Transport protocol; TCP if null.</param>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of that name already.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool isProxied = true,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = new EndpointAnnotation(
            protocol ?? ProtocolType.Tcp,
            uriScheme: scheme,
            name: name,
            port: port,
            targetPort: targetPort,
            isExternal: isExternal,
            isProxied: isProxied);
        if (FindEndpoint(builder.Resource, endpoint.Name) is not null)
        {
            throw new DistributedApplicationException(
                $"Endpoint with name '{endpoint.Name}' already exists on resource '{builder.Resource.Name}'. Without a name an endpoint is named after its scheme; give each endpoint of a resource a name of its own.");
        }

        if (env is not null && builder.Resource is IResourceWithEnvironment)
        {
            var targetPortReference = new EndpointReference(builder.Resource, endpoint).Property(EndpointProperty.TargetPort);
            builder.WithAnnotation(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[env] = targetPortReference));
        }

        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Changes an endpoint.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="endpointName">Name of the endpoint.</param>
    /// <param name="callback">Changes it.</param>
    /// <param name="createIfNotExists">Whether it is added if it does not exist; otherwise nothing happens then.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<EndpointAnnotation> callback,
        bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpointName);
        ArgumentNullException.ThrowIfNull(callback);
        var endpoint = FindEndpoint(builder.Resource, endpointName);
        if (endpoint is null && createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            builder.WithAnnotation(endpoint);
        }

        if (endpoint is not null)
        {
            callback(endpoint);
        }

        return builder;
    }

    /// <summary>Adds an HTTP endpoint.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="port">Port that others use; chosen at start if null.</param>
    /// <param name="targetPort">Port that the resource listens on; <paramref name="port"/> if null.</param>
    /// <param name="name">Its name; <c>http</c> if null.</param>
    /// <param name="env">Environment variable that tells the resource the port to listen on.</param>
    /// <param name="isProxied">See <see cref="EndpointAnnotation"/>.</param>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool isProxied = true)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port: port, targetPort: targetPort, scheme: "http", name: name, env: env, isProxied: isProxied);

    /// <summary>Marks the HTTP endpoints as being for clients outside the application.</summary>
    /// <param name="builder">The resource's builder.</param>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https"))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint; it need not exist yet.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="name">Name of the endpoint.</param>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.GetEndpoint(name);
    }

    /// <summary>Adds a link, or with a relative address changes the links of all endpoints.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="url">Where it leads.</param>
    /// <param name="displayText">What is shown; the address if null.</param>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithUrls(context =>
        {
            // A leading slash alone would be an absolute file address on Unix.
            if (url.StartsWith('/') || !Uri.TryCreate(url, UriKind.Absolute, out _))
            {
                foreach (var annotation in context.Urls)
                {
                    annotation.Url = new Uri(new Uri(annotation.Url), url).ToString();
                    annotation.DisplayText = displayText ?? annotation.DisplayText;
                }
            }
            else
            {
                context.Urls.Add(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });
            }
        });
    }

    /// <summary>Adds a link to an interpolated address whose holes are filled when the resource starts.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="url">Where it leads.</param>
    /// <param name="displayText">What is shown; the address if null.</param>
    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder,
        in ReferenceExpression.ExpressionInterpolatedStringHandler url,
        string? displayText = null)
        where T : IResource => builder.WithUrl(url.Build(), displayText);

    /// <summary>Adds a link to an address that is evaluated when the resource starts.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="url">Where it leads.</param>
    /// <param name="displayText">What is shown; the address if null.</param>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithUrls(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken).ConfigureAwait(false) is { Length: > 0 } value)
            {
                context.Urls.Add(new ResourceUrlAnnotation
                {
                    Url = value,
                    DisplayText = displayText,
                    Endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault(),
                });
            }
        });
    }

    /// <summary>Changes the links when the resource starts.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="callback">Changes the links of the context.</param>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    /// <summary>Changes the links when the resource starts.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="callback">Changes the links of the context.</param>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    /// <summary>Changes the link of an endpoint when the resource starts.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="endpointName">Name of the endpoint.</param>
    /// <param name="callback">Changes the link.</param>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithUrls(context =>
        {
            if (context.Urls.FirstOrDefault(url => url.Endpoint?.EndpointName == endpointName) is { } url)
            {
                callback(url);
            }
        });
    }

    private static EndpointAnnotation? FindEndpoint(IResource resource, string name) => resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(endpoint => string.Equals(endpoint.Name, name, StringComparison.OrdinalIgnoreCase));
}
