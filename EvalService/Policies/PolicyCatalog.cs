using DqnAspire.Clients;
using DqnAspire.Core.Networks;
using DqnAspire.Play.Policies;
using Grpc.Core;
using Microsoft.Extensions.Options;
using PolicySelection = DqnAspire.Play.Policies.PolicySelection;

namespace DqnAspire.EvalService.Policies;

/// <summary>
/// Every policy that can be played: the newest of a run in progress from the learner, all others from files. Those that
/// were used last stay in memory.
/// </summary>
/// <param name="options">Where runs are.</param>
/// <param name="learner">The learner's policies.</param>
/// <param name="backend">Computes networks.</param>
/// <param name="clock">Tells the time.</param>
public sealed class PolicyCatalog(
    IOptions<EvalOptions> options, LearnerPolicies learner, INetworkBackend backend, TimeProvider clock)
{
    private const int MaxKept = 16;

    /// <summary>Guards the two collections below.</summary>
    private readonly Lock _lock = new();
    private readonly Dictionary<(PolicyReference, string), (LoadedPolicy Policy, long Found)> _found = [];
    private readonly List<(string Path, DateTime Written, LoadedPolicy Policy)> _kept = [];

    private readonly PolicyLibrary _files = new(options.Value.RunsDirectory, backend);

    /// <summary>The policies in the runs folder, newest run first. A run that cannot be read is passed over.</summary>
    public IReadOnlyList<PolicyInfo> List() => [.. _files.Runs().SelectMany(run => TryList(run.Folder))];

    /// <summary>Gets what was named; where nothing was, the policy that the service was started to show.</summary>
    /// <param name="reference">The policy.</param>
    /// <param name="environmentId">What a file outside a run's folder is for; empty: as it was trained.</param>
    /// <param name="mayBeOlder">
    /// Whether one will do that was the learner's newest up to <see cref="LearnerPolicies.MaxAge"/> ago.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="PolicyException">It is not there, or damaged.</exception>
    /// <exception cref="ServiceCallException">The learner has the run, but no such parameters.</exception>
    public async Task<LoadedPolicy> GetAsync(
        PolicyReference reference, string environmentId, bool mayBeOlder, CancellationToken cancellationToken)
    {
        if (reference is { Place: "", Selection: PolicySelection.Latest } && options.Value.Show is { Length: > 0 } show)
        {
            reference = PolicyReference.Parse(show);
        }

        if (mayBeOlder && FindRecent(reference, environmentId) is { } recent)
        {
            return recent;
        }

        if (reference.Selection == PolicySelection.Checkpoint || !options.Value.HasLearner
            || File.Exists(reference.Place) || Directory.Exists(reference.Place))
        {
            return Load(reference, environmentId, mayBeOlder);
        }

        try
        {
            return await learner.GetAsync(
                reference.Place, reference.Selection == PolicySelection.Best, mayBeOlder, cancellationToken);
        }
        catch (ServiceCallException e) when (e.StatusCode is
            StatusCode.NotFound or StatusCode.Unavailable or StatusCode.FailedPrecondition)
        {
            try
            {
                return Load(reference, environmentId, mayBeOlder);
            }
            catch (PolicyException) when (e.StatusCode != StatusCode.NotFound)
            {
                // What the learner says of its own run is nearer to the point than what its folder does not have.
                throw e;
            }
        }
    }

    private LoadedPolicy? FindRecent(PolicyReference reference, string environmentId)
    {
        lock (_lock)
        {
            return _found.TryGetValue((reference, environmentId), out var found)
                && clock.GetElapsedTime(found.Found) < LearnerPolicies.MaxAge
                    ? found.Policy
                    : null;
        }
    }

    /// <summary>Finds a policy in files, which a caller that allows it need not look at again for a while.</summary>
    private LoadedPolicy Load(PolicyReference reference, string environmentId, bool mayBeOlder)
    {
        var policy = Load(reference, environmentId);
        if (mayBeOlder)
        {
            lock (_lock)
            {
                if (_found.Count >= MaxKept)
                {
                    _found.Clear();
                }

                _found[(reference, environmentId)] = (policy, clock.GetTimestamp());
            }
        }

        return policy;
    }

    private LoadedPolicy Load(PolicyReference reference, string environmentId)
    {
        var info = _files.Find(reference, environmentId.Length > 0 ? environmentId : null);
        var written = File.GetLastWriteTimeUtc(info.Path!);
        lock (_lock)
        {
            var known = _kept.Find(kept => kept.Path == info.Path && kept.Written == written
                && kept.Policy.Info.EnvironmentId == info.EnvironmentId);
            if (known.Policy is not null)
            {
                return known.Policy;
            }
        }

        var policy = _files.Load(reference, environmentId.Length > 0 ? environmentId : null);
        lock (_lock)
        {
            _kept.RemoveAll(kept => kept.Path == info.Path);
            _kept.Add((info.Path!, written, policy));
            if (_kept.Count > MaxKept)
            {
                _kept.RemoveAt(0);
            }
        }

        return policy;
    }

    private static IReadOnlyList<PolicyInfo> TryList(string folder)
    {
        try
        {
            return PolicyLibrary.List(folder);
        }
        catch (PolicyException)
        {
            return [];
        }
    }
}
