using System.Globalization;

namespace DqnAspire.AppHost.Redis;

/// <summary>A <c>redis-server</c> process in the model, with its connection string.</summary>
/// <param name="name">Name of the resource.</param>
/// <param name="server">The settings of its program.</param>
/// <param name="password">Password that clients send.</param>
internal sealed class LocalRedisResource(string name, LocalRedis server, ParameterResource password)
    : ExecutableResource(name, LocalRedis.Find()!, server.Folder), IResourceWithConnectionString
{
    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create(
        $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)},password={password}");
}
