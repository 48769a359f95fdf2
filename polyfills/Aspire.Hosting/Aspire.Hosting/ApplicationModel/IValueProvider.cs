namespace Aspire.Hosting.ApplicationModel;

/// <summary>Has a value that is known when resources start.</summary>
public interface IValueProvider
{
    /// <summary>The value; null when there is none.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>Has an expression that stands for its value in descriptions of the application.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression, such as <c>{env.bindings.grpc.url}</c>.</summary>
    string ValueExpression { get; }
}
