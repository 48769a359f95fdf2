using Grpc.Core;
using DqnAspire.Grpc.Tests.Probe;

namespace DqnAspire.Grpc.Tests;

/// <summary>What a test lets the server do; each kind of call echoes unless replaced.</summary>
public sealed class ProbeHandler
{
    public Func<ProbeRequest, ServerCallContext, Task<ProbeReply>> Unary { get; set; } =
        (request, _) => Task.FromResult(new ProbeReply { Text = request.Text, Payload = request.Payload });

    public Func<IAsyncStreamReader<ProbeRequest>, ServerCallContext, Task<ProbeReply>> ClientStream { get; set; } = async (requests, _) =>
    {
        var texts = new List<string>();
        await foreach (var request in requests.ReadAllAsync())
        {
            texts.Add(request.Text);
        }

        return new ProbeReply { Text = string.Join(',', texts), Index = texts.Count };
    };

    public Func<ProbeRequest, IServerStreamWriter<ProbeReply>, ServerCallContext, Task> ServerStream { get; set; } = async (request, replies, _) =>
    {
        for (var i = 0; i < request.Count; i++)
        {
            await replies.WriteAsync(new ProbeReply { Text = request.Text, Index = i, Payload = Payloads.Create(request.ReplySize) });
        }
    };

    public Func<IAsyncStreamReader<ProbeRequest>, IServerStreamWriter<ProbeReply>, ServerCallContext, Task> Duplex { get; set; } = async (requests, replies, _) =>
    {
        var index = 0;
        await foreach (var request in requests.ReadAllAsync())
        {
            await replies.WriteAsync(new ProbeReply { Text = request.Text, Payload = request.Payload, Index = index++ });
        }
    };
}
