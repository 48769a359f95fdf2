using System.Collections.Concurrent;
using DqnAspire.Agents.Policies;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.EvalService;

/// <summary>
/// One version of a run's policy. It makes as many copies as are used at the same time, as a network keeps work space,
/// and uses them again. Any thread uses it.
/// </summary>
/// <param name="header">Run, version, environment.</param>
/// <param name="file">The safetensors file.</param>
public sealed class FetchedPolicy(ParametersHeader header, byte[] file)
{
    private readonly ConcurrentBag<IPolicy> _idle = [];

    /// <summary>Run, version, environment.</summary>
    public ParametersHeader Header => header;

    /// <summary>Takes a copy for one caller's use, until it is disposed.</summary>
    /// <exception cref="InvalidDataException">The file does not hold such a policy.</exception>
    public Lease Rent() => new(
        this,
        _idle.TryTake(out var policy)
            ? policy
            : PolicyFile.Load(new MemoryStream(file, writable: false), ManagedBackend.Shared));

    /// <summary>A copy of the policy while one caller uses it.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly FetchedPolicy _owner;

        internal Lease(FetchedPolicy owner, IPolicy policy) => (_owner, Policy) = (owner, policy);

        /// <summary>The copy.</summary>
        public IPolicy Policy { get; }

        /// <summary>Gives the copy back.</summary>
        public void Dispose() => _owner._idle.Add(Policy);
    }
}
