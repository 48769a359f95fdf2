namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside, by configuration.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> callback, bool secret)
        : base(name)
    {
        Secret = secret;
        _value = new Lazy<string>(callback);
    }

    /// <summary>Whether the value must not be shown.</summary>
    public bool Secret { get; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">Configuration has no value.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(_value.Value);
}

/// <summary>A connection string that is given from outside, by configuration.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<string> callback, string? environmentVariable)
    : ParameterResource(name, callback, secret: true), IResourceWithConnectionString, IResourceWithoutLifetime
{
    public string? ConnectionStringEnvironmentVariable => environmentVariable;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(ParameterResource)this}");
}
