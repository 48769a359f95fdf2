using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace DqnAspire.Grpc.Tests;

/// <summary>Sends hand-made HTTP/2 requests.</summary>
public static class RawClient
{
    private static readonly HttpMessageInvoker Invoker = new(new SocketsHttpHandler());

    /// <summary>A message behind its five-byte header.</summary>
    public static byte[] Frame(byte[] payload, byte compressedFlag = 0, int? length = null)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = compressedFlag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length ?? payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>Posts a body to a method and reads the whole response.</summary>
    public static async Task<HttpResponseMessage> SendAsync(Uri address, string method, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method.StartsWith('/') ? method : $"/probe.v1.ProbeService/{method}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        foreach (var (name, value) in headers)
        {
            if (name == "content-type")
            {
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var response = await Invoker.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return response;
    }

    /// <summary>The gRPC status of a response, from its trailers or its headers.</summary>
    public static string? Status(HttpResponseMessage response) =>
        Find(response.TrailingHeaders, "grpc-status") ?? Find(response.Headers, "grpc-status");

    public static string? Message(HttpResponseMessage response) =>
        Find(response.TrailingHeaders, "grpc-message") ?? Find(response.Headers, "grpc-message");

    private static string? Find(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
