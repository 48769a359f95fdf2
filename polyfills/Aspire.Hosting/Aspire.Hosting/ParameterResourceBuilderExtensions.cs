using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values that are given from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is configuration key <c>Parameters:name</c>.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="secret">Whether the value must not be shown.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        var key = $"Parameters:{name}";
        return builder.AddResource(new ParameterResource(
            name,
            () => builder.Configuration[key] ?? throw new MissingParameterValueException($"Parameter resource could not be used because configuration key '{key}' is missing and the parameter '{name}' has no default value."),
            secret));
    }

    /// <summary>Adds a connection string whose value is configuration key <c>ConnectionStrings:name</c>.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Name of the connection string.</param>
    /// <param name="environmentVariableName">Environment variable that resources get it in; <c>ConnectionStrings__name</c> if null.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        string name,
        string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        return builder.AddResource(new ConnectionStringParameterResource(
            name,
            () => builder.Configuration.GetConnectionString(name) ?? throw new MissingParameterValueException($"Connection string parameter resource could not be used because connection string '{name}' is missing."),
            environmentVariableName));
    }
}
