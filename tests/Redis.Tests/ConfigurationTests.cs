using System.Net;
using System.Security.Authentication;
using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public void AConnectionStringIsReadAndWritten()
    {
        const string Text = "localhost:6380,10.0.0.1:7000,name=actor,keepAlive=10,syncTimeout=700,asyncTimeout=800,allowAdmin=True,connectTimeout=900,"
            + "user=me,password=se=cret,ssl=True,sslProtocols=Tls12|Tls13,checkCertificateRevocation=False,sslHost=redis.test,abortConnect=False,connectRetry=5,"
            + "defaultDatabase=2,setlib=False,protocol=resp2,tcpKeepAlive=False";

        var options = ConfigurationOptions.Parse(Text);

        Assert.Equal<EndPoint>([new DnsEndPoint("localhost", 6380), new IPEndPoint(IPAddress.Parse("10.0.0.1"), 7000)], options.EndPoints);
        Assert.Equal(("me", "se=cret", "actor"), (options.User, options.Password, options.ClientName));
        Assert.Equal((700, 800, 900, 10, 5, 2), (options.SyncTimeout, options.AsyncTimeout, options.ConnectTimeout, options.KeepAlive, options.ConnectRetry, options.DefaultDatabase));
        Assert.Equal((true, "redis.test", SslProtocols.Tls12 | SslProtocols.Tls13), (options.Ssl, options.SslHost, options.SslProtocols));
        Assert.True(options.AllowAdmin);
        Assert.Equal(RedisProtocol.Resp2, options.Protocol);
        Assert.False(options.AbortOnConnectFail || options.CheckCertificateRevocation || options.SetClientLibrary || options.TcpKeepAlive);
        Assert.Equal(Text, options.ToString());
        Assert.Equal(Text.Replace("se=cret", "*****", StringComparison.Ordinal), options.ToString(includePassword: false));
        Assert.Equal(Text, options.Clone().ToString());
    }

    [Fact]
    public void WhatIsNotSetHasTheUsualValue()
    {
        var options = ConfigurationOptions.Parse("redis");
        options.SetDefaultPorts();

        Assert.Equal<EndPoint>([new DnsEndPoint("redis", 6379)], options.EndPoints);
        Assert.Equal((5000, 5000, 5000, 60, 3), (options.SyncTimeout, options.AsyncTimeout, options.ConnectTimeout, options.KeepAlive, options.ConnectRetry));
        Assert.True(options.AbortOnConnectFail);
        Assert.False(options.AllowAdmin || options.Ssl);
        Assert.Null(options.Protocol);
        Assert.Null(options.DefaultDatabase);
        Assert.IsType<ExponentialRetry>(options.ReconnectRetryPolicy);
        Assert.Equal("redis:6379", options.ToString());
        Assert.Equal(9000, ConfigurationOptions.Parse("redis,syncTimeout=9000").ConnectTimeout);
        Assert.Equal(9000, ConfigurationOptions.Parse("redis,syncTimeout=9000").AsyncTimeout);
        var encrypted = ConfigurationOptions.Parse("[::1], redis ,ssl=yes");
        encrypted.SetDefaultPorts();
        Assert.Equal<EndPoint>([new IPEndPoint(IPAddress.IPv6Loopback, 6380), new DnsEndPoint("redis", 6380)], encrypted.EndPoints);
    }

    [Theory]
    [InlineData("")]
    [InlineData("redis,unknown=1")]
    [InlineData("redis,syncTimeout=soon")]
    [InlineData("redis,syncTimeout=0")]
    [InlineData("redis,ssl=maybe")]
    [InlineData("redis,protocol=resp9")]
    [InlineData("redis,sslProtocols=Rot13")]
    public void ABadConnectionStringIsAnError(string text)
        => Assert.ThrowsAny<ArgumentException>(() => ConfigurationOptions.Parse(text));

    [Fact]
    public void UnknownSettingsCanBeIgnoredAndSomeAlwaysAre()
    {
        Assert.Equal("redis", ConfigurationOptions.Parse("redis,unknown=1", ignoreUnknown: true).ToString());
        Assert.Equal("redis", ConfigurationOptions.Parse("redis,tiebreaker=x,resolveDns=true,writeBuffer=1").ToString());
    }

    [Fact]
    public void AnAddressIsThereOnce()
    {
        EndPointCollection addresses = [];
        addresses.Add("redis:1");
        addresses.Add("redis", 2);
        addresses.Add(IPAddress.Loopback, 3);

        Assert.Throws<ArgumentException>(() => addresses.Add("redis:1"));
        Assert.False(addresses.TryAdd(new DnsEndPoint("redis", 2)));
        Assert.Throws<ArgumentException>(() => addresses.Add("redis:port"));
        Assert.Null(EndPointCollection.TryParse("redis:99999"));
        Assert.Equal("127.0.0.1:3", EndPointCollection.ToString(addresses[2]));
    }

    [Fact]
    public void ALinearRetryWaitsAlwaysTheSame()
    {
        var policy = new LinearRetry(100);

        Assert.False(policy.ShouldRetry(1, 99));
        Assert.True(policy.ShouldRetry(1000, 100));
    }

    [Fact]
    public void AnExponentialRetryWaitsLongerAndLongerUpToALimit()
    {
        var policy = new ExponentialRetry(100, 1000);

        // Between 100 and 100 * 1.1^count milliseconds, never more than 1000.
        Assert.All(Enumerable.Range(0, 200), count => Assert.False(policy.ShouldRetry(count, 99)));
        Assert.All(Enumerable.Range(0, 200), count => Assert.True(policy.ShouldRetry(count, (int)Math.Min(1000, Math.Ceiling(100 * Math.Pow(1.1, count))))));
        Assert.Contains(Enumerable.Range(0, 200), _ => !policy.ShouldRetry(50, 600));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialRetry(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialRetry(100, 50));
    }

    [Fact]
    public async Task OptionsWithoutAServerAreAnError()
        => await Assert.ThrowsAsync<ArgumentException>(() => ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions()));
}
