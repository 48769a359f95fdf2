using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>Writes server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
internal sealed class EventStream
{
    private readonly HttpResponse _response;

    public EventStream(HttpResponse response)
    {
        _response = response;
        response.ContentType = "text/event-stream";
    }

    public async Task SendAsync<T>(string name, T data, CancellationToken cancellationToken)
    {
        // JSON without indentation has no line ends, which would end the event's data.
        var json = JsonSerializer.Serialize(data, JsonSerializerOptions.Web);
        await _response.WriteAsync($"event: {name}\ndata: {json}\n\n", cancellationToken).ConfigureAwait(false);
        await _response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
