using Grpc.Core;

namespace DqnAspire.Monitoring.Following;

/// <summary>
/// Recognises calls that ended because the service was lost. It may come back, so the call can be repeated.
/// </summary>
public static class LostCall
{
    /// <summary>Whether a call ended because its service was lost, and not because its caller cancelled it.</summary>
    /// <param name="exception">How the call ended.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static bool Is(RpcException exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception.StatusCode is (StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled);
}
