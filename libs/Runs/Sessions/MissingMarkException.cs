using DqnAspire.Core;

namespace DqnAspire.Runs.Sessions;

/// <summary>The replay answers, but cannot become what it was at a checkpoint.</summary>
/// <param name="reason">What the replay says.</param>
internal sealed class MissingMarkException(Exception reason) : Exception(OneLine.Of(reason), reason)
{
    /// <summary>Whether it has nothing of the run.</summary>
    public bool IsGone => InnerException is PeerException { Failure: PeerFailure.Gone };
}
