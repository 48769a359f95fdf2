namespace Grpc.Core;

/// <summary>TLS with the operating system's trusted roots.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>Creates credentials.</summary>
    public SslCredentials()
    {
    }

    internal override bool IsSecure => true;
}
