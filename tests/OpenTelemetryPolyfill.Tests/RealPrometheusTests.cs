using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace DqnAspire.OpenTelemetryPolyfill.Tests;

/// <summary>A real Prometheus server reads what the exporter writes.</summary>
public sealed class RealPrometheusTests
{
    [Fact]
    public async Task Prometheus_ScrapesEveryKindOfInstrument()
    {
        await using var app = await MeteredApp.StartAsync();
        app.Meter.CreateCounter<long>("steps", "{step}").Add(42, new KeyValuePair<string, object?>("game", "a \"b\" \\ c\nd"));
        app.Meter.CreateGauge<double>("epsilon", "1").Record(0.125);
        var histogram = app.Meter.CreateHistogram<double>("duration", "s");
        histogram.Record(0.3);
        histogram.Record(30);
        var folder = Directory.CreateTempSubdirectory("dqn-prometheus-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "prometheus.yml"),
            $"""
            global:
              scrape_interval: 200ms
              scrape_timeout: 200ms
            scrape_configs:
              - job_name: dqn
                static_configs:
                  - targets: ["127.0.0.1:{app.Address.Port}"]
            """,
            TestContext.Current.CancellationToken);
        using var prometheus = Start(folder, port);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")) };

            Assert.Equal("1", await ValueAsync(http, "up{job=\"dqn\"}"));
            Assert.Equal("42", await ValueAsync(http, """steps_total{game="a \"b\" \\ c\nd"}"""));
            Assert.Equal("0.125", await ValueAsync(http, "epsilon"));
            Assert.Equal("2", await ValueAsync(http, "duration_seconds_count"));
            Assert.Equal("30.3", await ValueAsync(http, "duration_seconds_sum"));
            Assert.Equal("1", await ValueAsync(http, "duration_seconds_bucket{le=~\"5|5.0\"}"));
            Assert.Equal("counter", await TypeAsync(http, "steps_total", "steps"));
        }
        finally
        {
            prometheus.Kill(entireProcessTree: true);
            await prometheus.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder, int port)
    {
        var start = new ProcessStartInfo("prometheus")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add($"--config.file={Path.Combine(folder, "prometheus.yml")}");
        start.ArgumentList.Add($"--storage.tsdb.path={Path.Combine(folder, "data")}");
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"));
        try
        {
            var process = Process.Start(start)!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Directory.Delete(folder, recursive: true);
            Assert.Skip("prometheus is not installed (Debian package prometheus).");
            throw;
        }
    }

    /// <summary>Asks until there is a value: the server starts, then scrapes.</summary>
    private static async Task<string> ValueAsync(HttpClient http, string query)
    {
        var clock = Stopwatch.StartNew();
        string? last = null;
        while (clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            try
            {
                using var answer = JsonDocument.Parse(await http.GetStringAsync(
                    new Uri($"api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative), TestContext.Current.CancellationToken));
                var result = answer.RootElement.GetProperty("data").GetProperty("result");
                last = result.GetArrayLength() > 0 ? result[0].GetProperty("value")[1].GetString() : "nothing";
                if (last is not ("nothing" or "0"))
                {
                    return last!;
                }
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return $"{query}: {last}";
    }

    private static async Task<string?> TypeAsync(HttpClient http, params string[] names)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/v1/metadata", UriKind.Relative), TestContext.Current.CancellationToken));
        var data = answer.RootElement.GetProperty("data");
        foreach (var name in names)
        {
            if (data.TryGetProperty(name, out var entries))
            {
                return entries[0].GetProperty("type").GetString();
            }
        }

        return null;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
