namespace Grpc.Core;

/// <summary>The client's stream of requests.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the stream. It must be called after the last write.</summary>
    Task CompleteAsync();
}
