using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace StackExchange.Redis;

/// <summary>Trust in certificates of an issuer that the system does not know.</summary>
internal static class CertificateTrust
{
    /// <summary>Whether the system trusts a certificate, or its only fault is that its chain ends at <paramref name="issuer"/>.</summary>
    public static bool IsTrusted(X509Certificate2 issuer, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(issuer);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
