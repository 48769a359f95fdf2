using Grpc.Core;

namespace DqnAspire.AppHost;

/// <summary>How a call ends whose service went away: it is started again, and can be called again.</summary>
internal static class LostService
{
    /// <summary>Whether a call ended for that reason, and not because its caller gave up.</summary>
    public static bool Ended(RpcException exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception.StatusCode is (StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled);
}
