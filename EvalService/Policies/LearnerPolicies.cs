using System.Globalization;
using DqnAspire.Clients;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Core.Networks;
using DqnAspire.Play.Policies;
using Grpc.Core;

namespace DqnAspire.EvalService.Policies;

/// <summary>
/// Gets policies from the learner and keeps the newest few, by run and version: what is known is neither sent nor built
/// again.
/// </summary>
/// <param name="learner">The learner.</param>
/// <param name="backend">Computes networks.</param>
/// <param name="clock">Tells the time.</param>
public sealed class LearnerPolicies(
    LearnerService.LearnerServiceClient learner, INetworkBackend backend, TimeProvider clock)
{
    /// <summary>
    /// How long the answer to "which is the newest?" holds for callers that allow it: about as long as a run takes
    /// between two versions.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private const string Service = "LearnerService";
    private const int MaxKept = 4;

    /// <summary>Guards the two collections below.</summary>
    private readonly Lock _lock = new();
    private readonly List<LoadedPolicy> _kept = [];
    private readonly Dictionary<(string RunId, bool Best), (LoadedPolicy Policy, long Checked)> _newest = [];

    /// <summary>Gets a run's policy.</summary>
    /// <param name="runId">The run; empty: the current one, or the last.</param>
    /// <param name="best">The one with the best validation score rather than the newest.</param>
    /// <param name="mayBeOlder">Whether one will do that was the newest up to <see cref="MaxAge"/> ago.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ServiceCallException">The learner cannot be reached, or has no such parameters.</exception>
    /// <exception cref="InvalidDataException">What it sent is not what it announced.</exception>
    public async Task<LoadedPolicy> GetAsync(
        string runId, bool best, bool mayBeOlder, CancellationToken cancellationToken)
    {
        if (mayBeOlder && FindRecent(runId, best) is { } recent)
        {
            return recent;
        }

        var asked = clock.GetTimestamp();
        var request = new ParametersRequest
        {
            RunId = runId,
            Selection = best ? ParameterSelection.Best : ParameterSelection.Latest,
        };
        try
        {
            // Disposing the call before its end tells the learner to send no more.
            using var call = learner.Parameters(request, cancellationToken: cancellationToken);
            var stream = call.ResponseStream;
            if (!await stream.MoveNext(cancellationToken) || stream.Current.Header is not { } header)
            {
                throw new InvalidDataException($"{Service} sent no header before the parameters.");
            }

            var policy = FindKept(header) ?? new LoadedPolicy(
                ToInfo(header), await ReadFileAsync(stream, header.Size, cancellationToken), backend);
            Keep(policy, runId, best, asked);
            return policy;
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(Service, e);
        }
    }

    private static PolicyInfo ToInfo(ParametersHeader header) => new(
        header.RunId,
        string.Create(CultureInfo.InvariantCulture, $"step {header.Steps:N0}"),
        header.Steps,
        header.EnvironmentId,
        header.EnvironmentOptions.ToDictionary())
    {
        Version = header.Version,
    };

    private static async Task<byte[]> ReadFileAsync(
        IAsyncStreamReader<ParametersResponse> stream, long size, CancellationToken cancellationToken)
    {
        var file = new byte[size];
        var received = 0;
        while (await stream.MoveNext(cancellationToken))
        {
            var chunk = stream.Current.Chunk.Span;
            if (chunk.Length > file.Length - received)
            {
                throw new InvalidDataException($"{Service} announced {file.Length} bytes of parameters and sent more.");
            }

            chunk.CopyTo(file.AsSpan(received));
            received += chunk.Length;
        }

        return received == file.Length
            ? file
            : throw new InvalidDataException(
                $"{Service} announced {file.Length} bytes of parameters and sent {received}.");
    }

    private LoadedPolicy? FindRecent(string runId, bool best)
    {
        lock (_lock)
        {
            return _newest.TryGetValue((runId, best), out var newest) && clock.GetElapsedTime(newest.Checked) < MaxAge
                ? newest.Policy
                : null;
        }
    }

    /// <summary>
    /// A learner that was started again counts versions anew: the same version of the same step is the same.
    /// </summary>
    private LoadedPolicy? FindKept(ParametersHeader header)
    {
        lock (_lock)
        {
            return _kept.Find(p => (p.Info.RunId, p.Info.Version, p.Info.Steps) == (
                header.RunId, header.Version, header.Steps));
        }
    }

    private void Keep(LoadedPolicy policy, string runId, bool best, long asked)
    {
        lock (_lock)
        {
            _kept.Remove(policy);
            _kept.Add(policy);
            if (_kept.Count > MaxKept)
            {
                _kept.RemoveAt(0);
            }

            _newest[(runId, best)] = (policy, asked);
            foreach (var (key, _) in _newest.Where(n => !_kept.Contains(n.Value.Policy)).ToList())
            {
                _newest.Remove(key);
            }
        }
    }
}
