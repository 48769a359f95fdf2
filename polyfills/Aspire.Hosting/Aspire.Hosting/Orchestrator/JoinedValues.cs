using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Expressions written one after the other.</summary>
internal sealed class JoinedValues(IReadOnlyList<ReferenceExpression> values, char separator) : IValueProvider
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        EvaluateAsync(provider => provider.GetValueAsync(cancellationToken));

    public async ValueTask<string?> EvaluateAsync(Func<IValueProvider, ValueTask<string?>> evaluate)
    {
        var parts = new List<string?>();
        foreach (var value in values)
        {
            parts.Add(await value.EvaluateAsync(evaluate).ConfigureAwait(false));
        }

        return string.Join(separator, parts);
    }
}
