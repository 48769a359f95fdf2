using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Services.Tests;

/// <summary>A span as it came over the wire.</summary>
/// <param name="Service">Name of the service that it is of.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">1 internal, 2 server, 3 client.</param>
/// <param name="Trace">The trace that it belongs to.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of its parent; empty: none.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record CollectedSpan(
    string Service,
    string Name,
    int Kind,
    string Trace,
    string Id,
    string Parent,
    IReadOnlyDictionary<string, string> Attributes);

/// <summary>Takes telemetry as OTLP over HTTP, and keeps spans.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<CollectedSpan> _spans = [];
    private readonly SemaphoreSlim _more = new(0);
    private readonly TaskCompletionSource _metrics = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;

    public IReadOnlyCollection<CollectedSpan> Spans => _spans;

    /// <summary>Variables that make a service send here.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app!.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        // As Aspire does.
        ["OTEL_TRACES_SAMPLER"] = "always_on",
    };

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        collector._app = builder.Build();
        collector._app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.Take(signal, body.ToArray());
        });
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Waits for metrics of any service.</summary>
    public Task MetricsAsync() => _metrics.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Waits for a span.</summary>
    public async Task<CollectedSpan> SpanAsync(string service, string name)
    {
        while (true)
        {
            if (_spans.FirstOrDefault(s => s.Service == service && s.Name == name) is { } found)
            {
                return found;
            }

            Assert.True(
                await _more.WaitAsync(Patience, TestContext.Current.CancellationToken),
                $"There is no span {name} of {service} among: "
                + $"{string.Join(", ", _spans.Select(s => $"{s.Service}: {s.Name}").Distinct())}.");
        }
    }

    /// <summary>Spans of a name in the same trace.</summary>
    public List<CollectedSpan> In(CollectedSpan other, string service, string name) =>
        [.. _spans.Where(s => s.Trace == other.Trace && s.Service == service && s.Name == name)];

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private void Take(string signal, byte[] body)
    {
        if (signal == "metrics")
        {
            _metrics.TrySetResult();
        }

        if (signal != "traces")
        {
            return;
        }

        // ExportTraceServiceRequest.resource_spans, its resource, scope_spans and their spans.
        foreach (var resource in Messages(body, 1))
        {
            var service = Attributes(Messages(resource, 1).Single(), 1)["service.name"];
            foreach (var span in Messages(resource, 2).SelectMany(scope => Messages(scope, 2)))
            {
                _spans.Enqueue(new CollectedSpan(
                    service,
                    Text(Messages(span, 5).Single()),
                    (int)Numbers(span, 6).Single(),
                    Convert.ToHexString(Messages(span, 1).Single()),
                    Convert.ToHexString(Messages(span, 2).Single()),
                    Convert.ToHexString(Messages(span, 4).SingleOrDefault() ?? []),
                    Attributes(span, 9)));
            }
        }

        _more.Release();
    }

    /// <summary>Texts and whole numbers, which is all that is asked for here.</summary>
    private static Dictionary<string, string> Attributes(byte[] message, int field) =>
        Messages(message, field).ToDictionary(
        pair => Text(Messages(pair, 1).Single()),
        pair =>
        {
            var value = Messages(pair, 2).Single();
            return Messages(value, 1).Select(Text).Concat(Numbers(value, 3).Select(n => $"{n}")).FirstOrDefault() ?? "";
        });

    private static IEnumerable<byte[]> Messages(byte[] message, int field) =>
        Fields(message).Where(f => f.Field == field).Select(f => f.Value).OfType<byte[]>();

    private static IEnumerable<ulong> Numbers(byte[] message, int field) =>
        Fields(message).Where(f => f.Field == field).Select(f => f.Value).OfType<ulong>();

    private static string Text(byte[] value) => System.Text.Encoding.UTF8.GetString(value);

    private static IEnumerable<(int Field, object Value)> Fields(byte[] message)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            yield return (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                _ => input.ReadFixed32(),
            });
        }
    }
}
