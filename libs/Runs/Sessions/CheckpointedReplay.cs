using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// A replay whose refusal to become what it was at a checkpoint is told from every other failure: the run can then be
/// resumed from an older checkpoint.
/// </summary>
/// <param name="source">The replay.</param>
internal sealed class CheckpointedReplay(IReplaySource source) : IReplaySource
{
    /// <inheritdoc/>
    public Task<IReplaySession> CreateAsync(
        ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken) =>
        source.CreateAsync(spec, environment, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MissingMarkException">
    /// The replay does not have the mark, or no longer has what it needs.
    /// </exception>
    public async Task<IReplaySession> ReopenAsync(
        ReplaySpec spec,
        EnvironmentInfo environment,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReopenAsync(
                spec, environment, mark, samplerState, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is PeerException { Failure: PeerFailure.Missing or PeerFailure.Gone }
                or not (PeerException or OperationCanceledException or OutOfMemoryException))
        {
            // A replay in this process has no other way to fail here.
            throw new MissingMarkException(e);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        source.DeleteAsync(name, cancellationToken);
}
