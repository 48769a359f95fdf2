namespace Grpc.Core;

/// <summary>Carries a server call's deadline and cancellation to client calls made on its behalf. Only a server's implementation creates one.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
