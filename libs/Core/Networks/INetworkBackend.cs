namespace DqnAspire.Core.Networks;

/// <summary>
/// Creates networks that all compute in the same place: the boundary between algorithms and numerical code. Networks of
/// every backend start with the same weights for the same seed (<see cref="InitialWeights"/>) and read and write the
/// same files, so a run can move from one backend to another at a checkpoint.
/// </summary>
public interface INetworkBackend
{
    /// <summary>Short name for settings and messages, for example "managed".</summary>
    string Name { get; }

    /// <summary>Creates a network with fresh weights.</summary>
    /// <param name="definition">The layers.</param>
    /// <param name="training">Loss and optimiser; null for a network that is never trained.</param>
    /// <param name="seed">Seed of the initial weights and then of dropout and noise.</param>
    /// <exception cref="ArgumentException">
    /// Layers do not fit each other, the loss does not fit the head, or the backend does not support a part; the
    /// message names it.
    /// </exception>
    IQNetwork Create(NetworkDefinition definition, TrainingDefinition? training, ulong seed);

    /// <summary>
    /// Creates a network that is never trained and that one thread uses while others train networks of this backend. It
    /// takes its weights from another network before use.
    /// </summary>
    /// <param name="definition">The layers.</param>
    /// <exception cref="ArgumentException">As in <see cref="Create"/>.</exception>
    IQNetwork CreateActing(NetworkDefinition definition);
}
