namespace Grpc.Core;

/// <summary>Adds a caller's credentials to calls. It names the type of <see cref="CallOptions.Credentials"/>; calls here carry none, so none can be created.</summary>
public abstract class CallCredentials
{
    private protected CallCredentials()
    {
    }
}
