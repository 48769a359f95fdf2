using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.Services.Tests;

/// <summary>Counts the requests that a service is done with, by their route.</summary>
internal sealed class EndedRequests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, int> _counts = [];
    private readonly SemaphoreSlim _changed = new(0);

    public EndedRequests(WebApplication service)
    {
        var factory = service.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration" && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                if (name == "http.route")
                {
                    lock (_counts)
                    {
                        _counts[(string)value!] = _counts.GetValueOrDefault((string)value!) + 1;
                    }

                    _changed.Release();
                }
            }
        });
        _listener.Start();
    }

    public async Task ReachedAsync(string route, int count, TimeSpan patience)
    {
        while (Count(route) < count)
        {
            Assert.True(
                await _changed.WaitAsync(patience, TestContext.Current.CancellationToken),
                $"{route}: {Count(route)} of {count} requests have ended");
        }
    }

    public void Dispose() => _listener.Dispose();

    private int Count(string route)
    {
        lock (_counts)
        {
            return _counts.GetValueOrDefault(route);
        }
    }
}
