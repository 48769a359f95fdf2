using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace StackExchange.Redis;

/// <summary>Which servers to connect to, and how. A multiplexer copies its options: later changes have no effect on it.</summary>
public sealed class ConfigurationOptions : ICloneable
{
    private int? _asyncTimeout;
    private int? _connectTimeout;
    private EndPointCollection _endPoints = [];

    /// <summary>Chooses a client certificate when the server asks for one.</summary>
    public event LocalCertificateSelectionCallback? CertificateSelection;

    /// <summary>Decides whether the server's certificate is trusted; without it the system does.</summary>
    public event RemoteCertificateValidationCallback? CertificateValidation;

    /// <summary>
    /// Whether <c>Connect</c> throws if no server can be reached (<c>abortConnect</c>); otherwise it goes on trying in the
    /// background. True unless set.
    /// </summary>
    public bool AbortOnConnectFail { get; set; } = true;

    /// <summary>Whether commands that administrate a server, such as CONFIG and FLUSHDB, may be sent (<c>allowAdmin</c>).</summary>
    public bool AllowAdmin { get; set; }

    /// <summary>Time for an asynchronous command in milliseconds (<c>asyncTimeout</c>); <see cref="SyncTimeout"/> unless set.</summary>
    public int AsyncTimeout { get => _asyncTimeout ?? SyncTimeout; set => _asyncTimeout = value; }

    /// <summary>What becomes of commands while there is no connection.</summary>
    public BacklogPolicy BacklogPolicy { get; set; } = BacklogPolicy.Default;

    /// <summary>Whether the revocation list is asked for the server's certificate (<c>checkCertificateRevocation</c>). True unless set.</summary>
    public bool CheckCertificateRevocation { get; set; } = true;

    /// <summary>The name of the connections on the server (<c>name</c>); the machine's name unless set.</summary>
    public string? ClientName { get; set; }

    /// <summary>How often <c>Connect</c> tries before it gives up (<c>connectRetry</c>); 3 unless set.</summary>
    public int ConnectRetry { get; set; } = 3;

    /// <summary>Time to connect in milliseconds (<c>connectTimeout</c>); 5000, or <see cref="SyncTimeout"/> where that is longer, unless set.</summary>
    public int ConnectTimeout { get => _connectTimeout ?? Math.Max(5000, SyncTimeout); set => _connectTimeout = value; }

    /// <summary>The database that <c>GetDatabase()</c> gives (<c>defaultDatabase</c>); 0 unless set.</summary>
    public int? DefaultDatabase { get; set; }

    /// <summary>The servers.</summary>
    public EndPointCollection EndPoints { get => _endPoints; init => _endPoints = value; }

    /// <summary>How often the time of commands and the health of connections are looked at; one second unless set.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether messages of errors name the key and the state of the connection. True unless set.</summary>
    public bool IncludeDetailInExceptions { get; set; } = true;

    /// <summary>Seconds without traffic after which a connection is tested by a PING (<c>keepAlive</c>); 60 unless set, 0 for never.</summary>
    public int KeepAlive { get; set; } = 60;

    /// <summary>The password (<c>password</c>).</summary>
    public string? Password { get; set; }

    /// <summary>The protocol (<c>protocol</c>: <c>resp2</c> or <c>resp3</c>); RESP3 where the server knows it, unless set.</summary>
    public RedisProtocol? Protocol { get; set; }

    /// <summary>When a lost connection is tried again; <see cref="ExponentialRetry"/> from half of <see cref="ConnectTimeout"/> unless set.</summary>
    public IReconnectRetryPolicy ReconnectRetryPolicy { get => field ??= new ExponentialRetry(ConnectTimeout / 2); set; }

    /// <summary>Whether the server is told the name and version of this library (<c>setlib</c>). True unless set.</summary>
    public bool SetClientLibrary { get; set; } = true;

    /// <summary>Whether connections are encrypted with TLS (<c>ssl</c>).</summary>
    public bool Ssl { get; set; }

    /// <summary>The name that the server's certificate must have (<c>sslHost</c>); the host of the address unless set.</summary>
    public string? SslHost { get; set; }

    /// <summary>The versions of TLS that may be used (<c>sslProtocols</c>, joined by <c>|</c>); the system decides unless set.</summary>
    public SslProtocols? SslProtocols { get; set; }

    /// <summary>Time for a synchronous command in milliseconds (<c>syncTimeout</c>); 5000 unless set.</summary>
    public int SyncTimeout { get; set; } = 5000;

    /// <summary>Whether the operating system watches over idle connections (<c>tcpKeepAlive</c>). True unless set.</summary>
    public bool TcpKeepAlive { get; set; } = true;

    /// <summary>The user of an access control list (<c>user</c>); the default user unless set.</summary>
    public string? User { get; set; }

    internal LocalCertificateSelectionCallback? CertificateSelectionCallback => CertificateSelection;

    internal RemoteCertificateValidationCallback? CertificateValidationCallback => CertificateValidation;

    internal string EffectiveClientName
        => ClientName is { Length: > 0 } name ? name : $"{Environment.MachineName}(SE.Redis-v{LibraryVersion})";

    internal static string LibraryVersion { get; } =
        typeof(ConfigurationOptions).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "0.0";

    internal int? OwnAsyncTimeout => _asyncTimeout;

    internal int? OwnConnectTimeout => _connectTimeout;

    /// <summary>Reads a connection string.</summary>
    /// <param name="configuration">Addresses and settings, joined by commas: <c>localhost:6379,password=secret</c>.</param>
    /// <exception cref="ArgumentException">It is empty, has an unknown setting or a value of the wrong type.</exception>
    public static ConfigurationOptions Parse(string configuration) => Parse(configuration, ignoreUnknown: false);

    /// <summary>Reads a connection string.</summary>
    /// <param name="configuration">Addresses and settings, joined by commas: <c>localhost:6379,password=secret</c>.</param>
    /// <param name="ignoreUnknown">Whether settings with an unknown name are passed over.</param>
    /// <exception cref="ArgumentException">It is empty, has an unknown setting or a value of the wrong type.</exception>
    public static ConfigurationOptions Parse(string configuration, bool ignoreUnknown) => ConnectionString.Parse(configuration, ignoreUnknown);

    /// <summary>Changes these options in place.</summary>
    /// <param name="configure">The change.</param>
    /// <returns>These options.</returns>
    public ConfigurationOptions Apply(Action<ConfigurationOptions> configure)
    {
        configure?.Invoke(this);
        return this;
    }

    /// <summary>A copy.</summary>
    public ConfigurationOptions Clone()
    {
        var copy = (ConfigurationOptions)MemberwiseClone();
        copy._endPoints = new EndPointCollection([.. EndPoints]);
        return copy;
    }

    /// <summary>Gives addresses without a port the usual one: 6379, or 6380 with TLS.</summary>
    public void SetDefaultPorts() => EndPoints.SetDefaultPorts(Ssl);

    /// <summary>Trusts certificates that were issued by one of our own, besides those that the system trusts.</summary>
    /// <param name="issuerCertificatePath">A file with the issuer's certificate.</param>
    public void TrustIssuer(string issuerCertificatePath) => TrustIssuer(X509CertificateLoader.LoadCertificateFromFile(issuerCertificatePath));

    /// <summary>Trusts certificates that were issued by one of our own, besides those that the system trusts.</summary>
    /// <param name="issuer">The issuer's certificate.</param>
    public void TrustIssuer(X509Certificate2 issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        CertificateValidation += (_, certificate, _, errors) => CertificateTrust.IsTrusted(issuer, certificate, errors);
    }

    /// <summary>The connection string, with the password.</summary>
    public override string ToString() => ToString(includePassword: true);

    /// <summary>The connection string.</summary>
    /// <param name="includePassword">Whether the password is shown; otherwise it is five asterisks.</param>
    public string ToString(bool includePassword) => ConnectionString.Format(this, includePassword);

    object ICloneable.Clone() => Clone();
}
