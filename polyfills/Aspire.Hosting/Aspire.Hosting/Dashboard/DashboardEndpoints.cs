using System.Text.Json;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard's page asks for: itself, the resources, their logs, their commands.</summary>
internal sealed class DashboardEndpoints(
    string applicationName,
    DashboardGuard guard,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    CancellationToken stopping)
{
    // Starting changes states in bursts; the page needs the last one.
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(50);

    // A page that hears nothing for longer takes the connection for lost.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in DashboardAsset.LoadAll())
        {
            routes.MapGet(asset.Path, context => asset.WriteAsync(context.Response));
        }

        routes.MapGet("/api/resources", StreamResourcesAsync);
        routes.MapGet("/api/resources/{id}/logs", StreamLogsAsync);
        routes.MapPost("/api/resources/{id}/commands/{command}", ExecuteAsync);
    }

    private async Task StreamResourcesAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var events = new EventStream(context.Response);
        var known = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        changed.Writer.TryWrite(true);
        try
        {
            var watching = Task.Run(async () =>
            {
                await foreach (var change in notifications.WatchAsync(ending.Token).ConfigureAwait(false))
                {
                    if (!change.Snapshot.IsHidden)
                    {
                        lock (known)
                        {
                            known.Add(change.ResourceId);
                        }

                        changed.Writer.TryWrite(true);
                    }
                }
            }, ending.Token);
            while (!watching.IsCompleted)
            {
                if (await WaitAsync(changed.Reader, ending.Token).ConfigureAwait(false))
                {
                    await Task.Delay(Coalesce, ending.Token).ConfigureAwait(false);
                    changed.Reader.TryRead(out _);
                    await SendAllAsync(ending.Token).ConfigureAwait(false);
                }
                else
                {
                    await events.SendAsync("heartbeat", DateTime.UtcNow, ending.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                // The application has stopped its resources: the page shall keep their last states.
                await SendAllAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }

        Task SendAllAsync(CancellationToken cancellationToken)
        {
            List<ResourceView> views = [];
            lock (known)
            {
                foreach (var id in known)
                {
                    if (notifications.TryGetCurrentState(id, out var current))
                    {
                        views.Add(ResourceView.From(current));
                    }
                }
            }

            return events.SendAsync("resources", new { application = applicationName, token = guard.Token, resources = views }, cancellationToken);
        }
    }

    private async Task StreamLogsAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (!notifications.TryGetCurrentState(id, out var resource))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"Resource '{id}' not found.", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var events = new EventStream(context.Response);
        try
        {
            // At once, so that a page without lines to show knows that it is connected.
            await events.SendAsync("lines", Array.Empty<object>(), ending.Token).ConfigureAwait(false);
            await foreach (var batch in logs.WatchAsync(resource.ResourceId).WithCancellation(ending.Token).ConfigureAwait(false))
            {
                await events.SendAsync("lines", batch.Select(LineView.From), ending.Token).ConfigureAwait(false);
            }

            await events.SendAsync("end", string.Empty, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The page is closed, or the application stops.
        }
    }

    private async Task ExecuteAsync(HttpContext context)
    {
        var values = context.Request.RouteValues;
        // Not ended by the page being closed: half a restart is a stop.
        var result = await commands.ExecuteCommandAsync((string)values["id"]!, (string)values["command"]!, stopping).ConfigureAwait(false);
        context.Response.StatusCode = result.Success ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await context.Response.WriteAsJsonAsync(
            new { success = result.Success, message = result.ErrorMessage },
            JsonSerializerOptions.Web,
            context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Whether something was written before the next heartbeat is due.</summary>
    private static async Task<bool> WaitAsync(ChannelReader<bool> reader, CancellationToken cancellationToken)
    {
        using var heartbeat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        heartbeat.CancelAfter(Heartbeat);
        try
        {
            return await reader.WaitToReadAsync(heartbeat.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
