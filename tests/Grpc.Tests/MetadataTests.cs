using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;

namespace DqnAspire.Grpc.Tests;

public sealed class MetadataTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RequestHeadersReachTheHandlerWithoutProtocolHeaders()
    {
        await using var server = await ProbeServer.StartAsync();
        Metadata? seen = null;
        server.Handler.Unary = (_, context) =>
        {
            seen = context.RequestHeaders;
            return Task.FromResult(new ProbeReply());
        };

        await server.Client.UnaryAsync(
            new ProbeRequest(),
            new Metadata { { "Text-Key", "a value" }, { "data-bin", [1, 2, 3, 4] }, { "data-bin", [255] }, { "empty-bin", [] } },
            cancellationToken: Cancelled);

        Assert.NotNull(seen);
        Assert.Equal("a value", seen.GetValue("text-key"));
        Assert.Equal([[1, 2, 3, 4], [255]], seen.GetAll("data-bin").Select(entry => entry.ValueBytes));
        Assert.Equal([], seen.GetValueBytes("empty-bin")!);
        Assert.StartsWith("grpc-dotnet/", seen.GetValue("user-agent"));
        Assert.DoesNotContain(seen, entry => entry.Key is "te" or "content-type" or "grpc-accept-encoding" or "host" || entry.Key.StartsWith(':'));
    }

    [Fact]
    public async Task ResponseHeadersArriveBeforeTheReply()
    {
        await using var server = await ProbeServer.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.Unary = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "early", "yes" }, { "early-bin", [9] } });
            await release.Task;
            await Assert.ThrowsAsync<InvalidOperationException>(() => context.WriteResponseHeadersAsync([]));
            return new ProbeReply { Text = "late" };
        };

        using var call = server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        var headers = await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);

        Assert.Equal("yes", headers.GetValue("early"));
        Assert.Equal([9], headers.GetValueBytes("early-bin")!);
        Assert.False(call.ResponseAsync.IsCompleted);
        release.SetResult();
        Assert.Equal("late", (await call).Text);
    }

    [Fact]
    public async Task ContextDescribesTheCall()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) =>
        {
            context.UserState["key"] = "value";
            return Task.FromResult(new ProbeReply
            {
                Text = $"{context.Method} {context.Host} {context.Peer.Split(':')[0]} {context.Deadline == DateTime.MaxValue} "
                    + $"{context.AuthContext.IsPeerAuthenticated} {context.GetHttpContext().Request.Protocol} {context.GetHttpContext().Items["key"]}",
            });
        };

        var reply = await server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);

        Assert.Equal($"/probe.v1.ProbeService/Unary {server.Address.Authority} ipv4 True False HTTP/2 value", reply.Text);
    }

    [Fact]
    public void KeysAreCheckedAndLowered()
    {
        var metadata = new Metadata { { "ABC", "x" }, { "abc", "y" } };

        Assert.Equal("y", metadata.GetValue("Abc"));
        Assert.Equal(2, metadata.GetAll("abc").Count());
        Assert.Throws<ArgumentException>(() => metadata.Add("white space", "x"));
        Assert.Throws<ArgumentException>(() => metadata.Add("text-bin", "x"));
        Assert.Throws<ArgumentException>(() => metadata.Add("text", [1]));
        Assert.Throws<InvalidOperationException>(() => new Metadata { { "b-bin", [1] } }.GetValue("b-bin"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
    }
}
