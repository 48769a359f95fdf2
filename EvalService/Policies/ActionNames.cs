using System.Collections.Concurrent;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Policies;

namespace DqnAspire.EvalService.Policies;

/// <summary>Names of environments' actions. Nobody waits long for them: an answer without names is an answer.</summary>
/// <param name="lanes">Describes environments.</param>
/// <param name="clock">Tells the time.</param>
public sealed class ActionNames(ILaneSource lanes, TimeProvider clock)
{
    private const int MaxKept = 1000;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (Task<IReadOnlyList<string>?> Names, long Asked)> _kept = [];

    /// <summary>The names of the actions of a policy's environment.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Empty where the environment gives none, or does not answer in time.</returns>
    public async ValueTask<IReadOnlyList<string>> GetAsync(PolicyInfo policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var key = string.Join('\n', policy.Options.OrderBy(o => o.Key).Select(o => $"{o.Key}={o.Value}")
            .Prepend(policy.EnvironmentId));
        var isKnown = _kept.TryGetValue(key, out var known);
        if (isKnown && known.Names.IsCompleted)
        {
            // A null is an environment that did not answer.
            if (await known.Names is { } names)
            {
                return names;
            }

            if (clock.GetElapsedTime(known.Asked) < RetryAfter)
            {
                return [];
            }
        }

        if (!isKnown || known.Names.IsCompleted)
        {
            if (_kept.Count >= MaxKept)
            {
                _kept.Clear();
            }

            known = (AskAsync(policy), clock.GetTimestamp());
            _kept[key] = known;
        }

        try
        {
            return await known.Names.WaitAsync(MaxWait, clock, cancellationToken) ?? [];
        }
        catch (TimeoutException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<string>?> AskAsync(PolicyInfo policy)
    {
        try
        {
            var description = await lanes.DescribeAsync(
                policy.EnvironmentId, policy.Options, CancellationToken.None);
            return description?.ActionNames ?? [];
        }
        catch (PeerException)
        {
            return null;
        }
    }
}
