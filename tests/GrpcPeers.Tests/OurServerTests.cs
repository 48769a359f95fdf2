using System.Net;
using System.Net.Http.Headers;
using DqnAspire.GrpcPeers.Tests.Protos;
using Grpc.Net.Client;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Our server, called by clients of other makes, and by those who do not speak gRPC.</summary>
public sealed class OurServerTests(PeerClients peers) : IClassFixture<PeerClients>
{
    private static readonly string[] Common =
    [
        "unary", "metadata", "server_stream", "client_stream", "bidirectional", "every_status", "deadline", "cancel", "oversized", "gzip",
        "thousand_calls", "unimplemented",
    ];

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var scenario in Common.Append("threads"))
            {
                data.Add("python", scenario);
            }

            foreach (var scenario in Common.Concat(["health", "reflection_v1", "reflection_v1alpha"]))
            {
                data.Add("node", scenario);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void AnsweredTo(string client, string scenario) => Assert.Equal("ok", peers.Report(client, scenario));

    [Theory]
    [InlineData("application/json", new byte[] { 1, 2 }, HttpStatusCode.UnsupportedMediaType, null)]
    [InlineData("application/grpc", new byte[] { 7, 0, 0, 0, 0 }, HttpStatusCode.OK, "13")]
    [InlineData("application/grpc", new byte[] { 0, 0, 0, 0, 9, 1 }, HttpStatusCode.OK, "13")]
    [InlineData("application/grpc", new byte[] { 0, 255, 255, 255, 255 }, HttpStatusCode.OK, "8")]
    [InlineData("application/grpc", new byte[] { 0, 0, 0, 0, 2, 10, 200 }, HttpStatusCode.OK, "2")]
    [InlineData("application/grpc", new byte[] { 0, 0 }, HttpStatusCode.OK, "13")]
    public async Task ARequestThatIsWrong_GetsItsStatus_AndTheServerLives(string type, byte[] body, HttpStatusCode http, string? status)
    {
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await client.PostAsync(new Uri(peers.Address, "/dqn.test.peer.Peer/Echo"), content, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(http, response.StatusCode);
        if (status is not null)
        {
            var values = response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) ? trailer : response.Headers.GetValues("grpc-status");
            Assert.Equal(status, values.Single());
        }

        using var channel = GrpcChannel.ForAddress(peers.Address);
        var answer = await new Peer.PeerClient(channel).EchoAsync(new Message { Text = "next" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("next", answer.Text);
    }
}
