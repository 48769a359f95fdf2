using DqnAspire.Core;

namespace DqnAspire.Runs.Sessions;

/// <summary>The replay answers, but cannot become what it was at a checkpoint.</summary>
/// <param name="reason">What the replay says.</param>
internal sealed class MissingMarkException(Exception reason) : Exception(reason.Message, reason)
{
    /// <summary>Whether the replay has nothing of it, so that nothing is lost when the run begins anew.</summary>
    public bool IsGone { get; } = reason is PeerException { Failure: PeerFailure.Gone };
}
