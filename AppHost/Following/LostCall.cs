using Grpc.Core;

namespace DqnAspire.AppHost.Following;

/// <summary>How a call ends whose service went away: it comes back, and can be called again.</summary>
internal static class LostCall
{
    /// <summary>Whether a call ended for that reason, and not because its caller gave up.</summary>
    public static bool Is(RpcException exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception.StatusCode is (StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled);
}
