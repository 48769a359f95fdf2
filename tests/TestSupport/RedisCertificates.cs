using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DqnAspire.TestSupport;

/// <summary>
/// Certificates of a server at 127.0.0.1 named replay.test: an issuer's that nobody trusts by itself, and the server's
/// from it.
/// </summary>
public sealed class RedisCertificates : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-redis-tls-").FullName;

    public RedisCertificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=DqnAspire test issuer", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = issuerRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("replay.test");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(issuer, from, to, [1, 2, 3, 4]);
        File.WriteAllText(Issuer, issuer.ExportCertificatePem());
        File.WriteAllText(PathOf("server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>File of the issuer's certificate, for those who shall trust it.</summary>
    public string Issuer => PathOf("issuer.crt");

    /// <summary>Settings of a <see cref="RedisServerProcess"/> that speaks TLS only.</summary>
    public string[] ServerSettings =>
    [
        "--port", "0", "--tls-port", "{port}",
        "--tls-cert-file", PathOf("server.crt"), "--tls-key-file", PathOf("server.key"),
        "--tls-ca-cert-file", Issuer, "--tls-auth-clients", "no",
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
