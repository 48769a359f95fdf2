using DqnAspire.GrpcPeers.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Our side of peer.proto.</summary>
internal sealed class PeerService(HangCounter hangs) : Peer.PeerBase
{
    public override Task<Message> Echo(Message request, ServerCallContext context)
    {
        foreach (var header in context.RequestHeaders.Where(h => h.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            context.ResponseTrailers.Add(header);
        }

        return Task.FromResult(request);
    }

    public override async Task Count(Message request, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(new Message { Text = request.Text, Count = i, Data = request.Data }, context.CancellationToken);
        }
    }

    public override async Task<Message> Join(IAsyncStreamReader<Message> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(message.Text);
        }

        return new Message { Count = texts.Count, Text = string.Join(',', texts) };
    }

    public override async Task Chat(IAsyncStreamReader<Message> requestStream, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(message, context.CancellationToken);
        }
    }

    public override Task<Message> Fail(Message request, ServerCallContext context) => throw new RpcException(
        new Status((StatusCode)request.Count, request.Text),
        new Metadata { { "x-reason", "because" }, { "x-raw-bin", [0, 1, 2, 255] } });

    public override async Task Hang(Message request, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new Message { Text = "hanging", Data = ByteString.Empty }, context.CancellationToken);
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            hangs.Add();
        }
    }

    public override async Task<Message> Seen(Message request, ServerCallContext context) =>
        new() { Count = await hangs.AtLeastAsync(request.Count, context.CancellationToken) };
}
