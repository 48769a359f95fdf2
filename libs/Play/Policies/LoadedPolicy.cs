using System.Collections.Concurrent;
using System.Security.Cryptography;
using DqnAspire.Agents.Policies;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;

namespace DqnAspire.Play.Policies;

/// <summary>
/// A policy in memory. It makes as many copies as are used at the same time, as a network keeps work space, and uses
/// them again. Any thread uses it.
/// </summary>
public sealed class LoadedPolicy
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly INetworkBackend _backend;
    private readonly ConcurrentBag<IPolicy> _idle = [];

    /// <summary>Reads a policy.</summary>
    /// <param name="info">What it is.</param>
    /// <param name="file">The safetensors file.</param>
    /// <param name="backend">Computes its network.</param>
    /// <exception cref="PolicyException">The file does not hold a policy.</exception>
    public LoadedPolicy(PolicyInfo info, ReadOnlyMemory<byte> file, INetworkBackend backend)
    {
        (Info, _file, _backend) = (info, file, backend);
        try
        {
            _idle.Add(Load());
        }
        catch (InvalidDataException e)
        {
            throw new PolicyException($"{info.Path ?? $"{info.RunId} {info.Label}"} is damaged: {e.Message}", e);
        }
    }

    /// <summary>What it is.</summary>
    public PolicyInfo Info { get; }

    /// <summary>SHA-256 of its file, in lower-case hex digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_file.Span));

    /// <summary>Checks that it can play an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <exception cref="PolicyException">It is for another one; both are named.</exception>
    public void RequireFits(EnvironmentInfo environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        using var lease = Rent();
        var (policy, space) = (lease.Policy, environment.ObservationSpace);
        if (policy.ObservationBytes != space.ByteCount || policy.Actions != environment.Actions)
        {
            throw new PolicyException(
                $"The policy {Info.Label} of {Info.EnvironmentId} ({policy.ObservationBytes}-byte observations, "
                + $"{policy.Actions} actions) cannot play {environment.Id} ({space.ByteCount}-byte observations, "
                + $"{environment.Actions} actions).");
        }
    }

    /// <summary>Takes a copy for one caller's use, until it is disposed.</summary>
    public Lease Rent() => new(this, _idle.TryTake(out var policy) ? policy : Load());

    private IPolicy Load()
    {
        using var stream = new MemoryStream(_file.ToArray(), writable: false);
        return PolicyFile.Load(stream, _backend);
    }

    /// <summary>A copy of the policy while one caller uses it.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly LoadedPolicy _owner;

        internal Lease(LoadedPolicy owner, IPolicy policy) => (_owner, Policy) = (owner, policy);

        /// <summary>The copy.</summary>
        public IPolicy Policy { get; }

        /// <summary>Gives the copy back.</summary>
        public void Dispose() => _owner._idle.Add(Policy);
    }
}
