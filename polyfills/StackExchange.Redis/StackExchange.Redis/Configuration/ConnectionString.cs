using System.Globalization;
using System.Security.Authentication;
using System.Text;

namespace StackExchange.Redis;

/// <summary>Options as text: <c>host:port,host:port,name=value</c>, in the package's spelling and order.</summary>
internal static class ConnectionString
{
    private static readonly Setting[] Settings =
    [
        new("name", static (o, _, v) => o.ClientName = v, static o => o.ClientName),
        new("keepAlive", static (o, k, v) => o.KeepAlive = Integer(k, v), static o => Unless(o.KeepAlive, 60)),
        new("syncTimeout", static (o, k, v) => o.SyncTimeout = Positive(k, v), static o => Unless(o.SyncTimeout, 5000)),
        new("asyncTimeout", static (o, k, v) => o.AsyncTimeout = Positive(k, v), static o => Text(o.OwnAsyncTimeout)),
        new("allowAdmin", static (o, k, v) => o.AllowAdmin = Truth(k, v), static o => Unless(o.AllowAdmin, false)),
        new("connectTimeout", static (o, k, v) => o.ConnectTimeout = Integer(k, v), static o => Text(o.OwnConnectTimeout)),
        new("user", static (o, _, v) => o.User = v, static o => o.User),
        new("password", static (o, _, v) => o.Password = v, static o => o.Password),
        new("ssl", static (o, k, v) => o.Ssl = Truth(k, v), static o => Unless(o.Ssl, false)),
        new("sslProtocols", static (o, k, v) => o.SslProtocols = Protocols(k, v), static o => o.SslProtocols?.ToString().Replace(", ", "|", StringComparison.Ordinal)),
        new("checkCertificateRevocation", static (o, k, v) => o.CheckCertificateRevocation = Truth(k, v), static o => Unless(o.CheckCertificateRevocation, true)),
        new("sslHost", static (o, _, v) => o.SslHost = v, static o => o.SslHost),
        new("abortConnect", static (o, k, v) => o.AbortOnConnectFail = Truth(k, v), static o => Unless(o.AbortOnConnectFail, true)),
        new("connectRetry", static (o, k, v) => o.ConnectRetry = Integer(k, v), static o => Unless(o.ConnectRetry, 3)),
        new("defaultDatabase", static (o, k, v) => o.DefaultDatabase = Integer(k, v), static o => Text(o.DefaultDatabase)),
        new("setlib", static (o, k, v) => o.SetClientLibrary = Truth(k, v), static o => Unless(o.SetClientLibrary, true)),
        new("protocol", static (o, k, v) => o.Protocol = Protocol(k, v), static o => o.Protocol?.ToString().ToLowerInvariant()),
        new("tcpKeepAlive", static (o, k, v) => o.TcpKeepAlive = Truth(k, v), static o => Unless(o.TcpKeepAlive, true)),
    ];

    /// <summary>Settings of the package that change nothing here: it ignores them itself, or they are about several servers or messages.</summary>
    private static readonly string[] WithoutEffect =
        ["highPriorityThreads", "preserveAsyncOrder", "responseTimeout", "writeBuffer", "configChannel", "configCheckSeconds", "tiebreaker", "resolveDns"];

    public static ConfigurationOptions Parse(string configuration, bool ignoreUnknown)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        var options = new ConfigurationOptions();
        foreach (var part in configuration.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                Set(options, part[..equals].Trim(), part[(equals + 1)..].Trim(), ignoreUnknown);
            }
            else if (EndPointCollection.TryParse(part) is { } address)
            {
                options.EndPoints.TryAdd(address);
            }
        }

        return options;
    }

    public static string Format(ConfigurationOptions options, bool includePassword)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', options.EndPoints.Select(EndPointCollection.ToString));
        foreach (var setting in Settings)
        {
            var value = setting.Get(options);
            if (string.IsNullOrWhiteSpace(value))
            {
                continue;
            }

            text.Append(text.Length > 0 ? "," : string.Empty).Append(setting.Name).Append('=')
                .Append(setting.Name == "password" && !includePassword ? "*****" : value);
        }

        return text.ToString();
    }

    private static void Set(ConfigurationOptions options, string name, string value, bool ignoreUnknown)
    {
        var setting = Array.Find(Settings, setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (setting is not null)
        {
            setting.Set(options, name, value);
        }
        else if (!ignoreUnknown && !WithoutEffect.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Keyword '{name}' is not supported.", name);
        }
    }

    private static int Integer(string name, string value)
        => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw NotRecognised(name, value, "an integer");

    private static int Positive(string name, string value)
    {
        var number = Integer(name, value);
        return number >= 1
            ? number
            : throw new ArgumentOutOfRangeException(name, $"Keyword '{name}' has a minimum value of '1'; the value '{number}' is not permitted.");
    }

    private static bool Truth(string name, string value) => value.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => throw NotRecognised(name, value, "a boolean"),
    };

    private static SslProtocols Protocols(string name, string value)
        => Enum.TryParse<SslProtocols>(value.Replace('|', ','), ignoreCase: true, out var protocols)
            ? protocols
            : throw NotRecognised(name, value, "an SslProtocol");

    private static RedisProtocol Protocol(string name, string value) => value.ToLowerInvariant() switch
    {
        "2" or "resp2" => RedisProtocol.Resp2,
        "3" or "resp3" => RedisProtocol.Resp3,
        _ => throw NotRecognised(name, value, "a RedisProtocol"),
    };

    private static ArgumentOutOfRangeException NotRecognised(string name, string value, string type)
        => new(name, $"Keyword '{name}' requires {type} value; the value '{value}' is not recognised.");

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Unless(int value, int usual) => value == usual ? null : Text(value);

    private static string? Unless(bool value, bool usual) => value == usual ? null : value.ToString();

    private sealed record Setting(string Name, Action<ConfigurationOptions, string, string> Set, Func<ConfigurationOptions, string?> Get);
}
