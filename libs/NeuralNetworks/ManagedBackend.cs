using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// Networks in managed code: float32 on the processor's vector registers and on several threads. The order of sums does
/// not depend on the number of threads, so the same seed gives the same weights, bit for bit, on machines with
/// registers of the same width.
/// </summary>
public sealed class ManagedBackend : INetworkBackend, IDisposable
{
    private static readonly WorkerPool SingleThread = new(1);

    private readonly WorkerPool _pool;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads that compute one network, the caller's included; at least 1.</param>
    public ManagedBackend(int threads) => _pool = new WorkerPool(threads);

    /// <summary>A backend for the whole process, with one thread for each processor.</summary>
    public static ManagedBackend Shared { get; } = new(Environment.ProcessorCount);

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public IQNetwork Create(NetworkDefinition definition, TrainingDefinition? training, ulong seed) =>
        new QNetwork(definition, training, seed, _pool);

    /// <inheritdoc/>
    public IQNetwork CreateActing(NetworkDefinition definition) =>
        new QNetwork(definition, training: null, seed: 0, SingleThread);

    /// <summary>Ends the threads. The backend's networks cannot be used any more.</summary>
    public void Dispose() => _pool.Dispose();
}
