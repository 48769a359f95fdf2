namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Disposes services and interceptors that were made for one call.</summary>
internal static class Disposal
{
    public static ValueTask DisposeIfOwnedAsync(object instance, bool owned)
    {
        switch (instance)
        {
            case IAsyncDisposable disposable when owned:
                return disposable.DisposeAsync();
            case IDisposable disposable when owned:
                disposable.Dispose();
                return default;
            default:
                return default;
        }
    }
}
