using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>What keeps a service from starting is told in one line.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("--Kestrel:Endpoints:grpc:Url=nonsense", "Kestrel:Endpoints:grpc:Url='nonsense' is not an address")]
    [InlineData("--Kestrel:Endpoints:grpc:Url=", "Kestrel:Endpoints:grpc:Url='' is not an address")]
    // Kestrel would take it for "any interface".
    [InlineData("--Kestrel:Endpoints:http:Url=http://127.0.0.l:5111",
        "Kestrel:Endpoints:http:Url='http://127.0.0.l:5111' is not an address")]
    [InlineData("--Kestrel:Endpoints:http:Url=http://127.0.0.1:65536",
        "Kestrel:Endpoints:http:Url='http://127.0.0.1:65536' is not an address")]
    [InlineData("--Kestrel:Endpoints:more:Url=ftp://127.0.0.1:0",
        "Kestrel:Endpoints:more:Url='ftp://127.0.0.1:0' is not an address")]
    [InlineData("--Limits:Most=many", "Failed to convert configuration value 'many' at 'Limits:Most'")]
    [InlineData("--Limits:Most=0", "The field Most must be between 1 and 9")]
    public async Task AWrongSetting_IsNamed(string argument, string told)
    {
        var (exitCode, error) = await RunAsync([.. TestService.Arguments, argument]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task APortInUse_IsNamed_AndTheSettingThatChoosesIt(string endpoint)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        var (exitCode, error) = await RunAsync([.. TestService.Arguments, $"--Kestrel:Endpoints:{endpoint}:Url={url}"]);

        Assert.Equal(
            (1, $"error: Cannot listen on {url} (Kestrel:Endpoints:{endpoint}:Url): Address already in use.\n"),
            (exitCode, error));
    }

    [Fact]
    public async Task AnAddressOfAnotherMachine_IsNamed()
    {
        // Of a range that is kept for examples.
        var (exitCode, error) =
            await RunAsync([.. TestService.Arguments, "--Kestrel:Endpoints:http:Url=http://192.0.2.1:5111"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "error: Cannot listen on http://192.0.2.1:5111 (Kestrel:Endpoints:http:Url): ", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyInterface_CanBeConfigured()
    {
        await using var app =
            TestService.Build([.. TestService.Arguments, "--Kestrel:Endpoints:grpc:Url=http://0.0.0.0:0"]);
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("http://0.0.0.0:", app.Urls.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "HH:mm:ss.fff ")]
    // As Aspire does, which stamps what it reads.
    [InlineData("simple", null)]
    public void ALine_HasATime_UnlessSomebodyElseStampsIt(string formatter, string? expected)
    {
        using var app =
            (IDisposable)TestService.Build([.. TestService.Arguments, $"--Logging:Console:FormatterName={formatter}"]);

        var services = ((WebApplication)app).Services;
        var console = services.GetRequiredService<IOptionsMonitor<SimpleConsoleFormatterOptions>>().CurrentValue;
        Assert.Equal((expected, true), (console.TimestampFormat, console.SingleLine));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments)
    {
        var before = Console.Error;
        using var error = new StringWriter { NewLine = "\n" };
        Console.SetError(error);
        try
        {
            return (await ServiceHost.RunAsync(Build), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }

        WebApplication Build()
        {
            var builder = ServiceHost.CreateBuilder(typeof(StartTests).Assembly, arguments);
            builder.AddServiceDefaults();
            builder.Services.AddOptions<Limits>().BindConfiguration("Limits").ValidateDataAnnotations()
                .ValidateOnStart();
            return builder.Build();
        }
    }

    private sealed class Limits
    {
        [Range(1, 9)]
        public int Most { get; set; } = 3;
    }
}
