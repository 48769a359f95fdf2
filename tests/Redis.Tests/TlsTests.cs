using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

/// <summary>TLS with certificates that are made here: an issuer and, from it, the server's.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-redis-tls-").FullName;
    private readonly X509Certificate2 _issuer;

    public TlsTests()
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=DqnAspire test issuer", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _issuer = issuerRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("replay.test");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_issuer, from, to, [1, 2, 3, 4]);
        File.WriteAllText(PathOf("issuer.crt"), _issuer.ExportCertificatePem());
        File.WriteAllText(PathOf("server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _issuer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task CommandsGoThroughTls(RedisProtocol protocol)
    {
        await using var server = await StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},ssl=true,checkCertificateRevocation=false", options =>
        {
            options.Protocol = protocol;
            options.TrustIssuer(PathOf("issuer.crt"));
        });
        var db = redis.GetDatabase();
        var large = new byte[3_000_000];
        new Random(3).NextBytes(large);

        var sets = Enumerable.Range(0, 200).Select(i => db.StringSetAsync($"k:{i}", large.AsMemory(i, 7056))).ToArray();
        Assert.True(await db.StringSetAsync("large", large));

        await Task.WhenAll(sets);
        Assert.Equal(large, (byte[]?)await db.StringGetAsync("large"));
        ReadOnlyMemory<byte> part = await db.StringGetAsync("k:7");
        Assert.Equal(large.AsMemory(7, 7056).ToArray(), part.ToArray());
    }

    [Fact]
    public async Task ACertificateIsCheckedAgainstTrustAndName()
    {
        await using var server = await StartAsync();

        var unknown = await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectAsync(_ => { }));
        Assert.Equal(ConnectionFailureType.AuthenticationFailure, unknown.FailureType);
        Assert.Contains("certificate", unknown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectAsync(options =>
        {
            options.SslHost = "other.test";
            options.TrustIssuer(_issuer);
        }));

        await using var byName = await ConnectAsync(options =>
        {
            options.SslHost = "replay.test";
            options.TrustIssuer(_issuer);
        });
        Assert.True(byName.IsConnected);
        SslPolicyErrors? seen = null;
        await using var byCallback = await ConnectAsync(options => options.CertificateValidation += (_, _, _, errors) =>
        {
            seen = errors;
            return true;
        });
        Assert.True(byCallback.IsConnected);
        Assert.Equal(SslPolicyErrors.RemoteCertificateChainErrors, seen);

        Task<ConnectionMultiplexer> ConnectAsync(Action<ConfigurationOptions> configure)
            => ConnectionMultiplexer.ConnectAsync($"{server.Address},ssl=true,checkCertificateRevocation=false,connectRetry=1", configure);
    }

    private Task<RedisServerProcess> StartAsync() => RedisServerProcess.StartAsync(
        "--port", "0", "--tls-port", "{port}", "--tls-cert-file", PathOf("server.crt"), "--tls-key-file", PathOf("server.key"),
        "--tls-ca-cert-file", PathOf("issuer.crt"), "--tls-auth-clients", "no");

    private string PathOf(string name) => Path.Combine(_folder, name);
}
