using System.Diagnostics;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Internal;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// One call, whatever its message types. It ends exactly once, with the first status that anything gives it: the server's trailers, a
/// failure, the deadline, cancellation, or disposal.
/// </summary>
internal abstract class GrpcCall : IDisposable
{
    private const string ActivityName = "Grpc.Net.Client.GrpcOut";
    private static readonly ActivitySource Activities = new("Grpc.Net.Client");
    private static readonly TimeSpan FirstConnectRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestConnectRetry = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IMethod _method;
    private CancellationTokenRegistration _callerCancellation;
    private Timer? _deadlineTimer;
    private StrongBox<Status>? _status;
    private Activity? _activity;
    private Task<HttpResponseMessage>? _responseTask;
    private HttpResponseMessage? _response;
    private Task<Metadata>? _responseHeaders;
    private Metadata? _trailers;
    private bool _singleResponse;
    private volatile bool _responseEnded;
    private volatile bool _disposed;

    protected GrpcCall(GrpcChannel channel, IMethod method, CallOptions options)
    {
        if (options.Deadline is { Kind: not DateTimeKind.Utc } deadline && deadline != DateTime.MaxValue && deadline != DateTime.MinValue)
        {
            throw new InvalidOperationException("Deadline must have a kind DateTimeKind.Utc or be equal to DateTime.MaxValue or DateTime.MinValue.");
        }

        Channel = channel;
        Options = options;
        _method = method;
        RequestCompression = channel.Compression.Find(options.Headers?.GetValue(GrpcProtocol.CompressionRequestHeader));
        channel.Register(this);
    }

    public GrpcChannel Channel { get; }

    public CallOptions Options { get; }

    public ICompressionProvider? RequestCompression { get; }

    /// <summary>Cancelled when the call ends before its response does.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>The status of the ended call; null while it runs.</summary>
    public Status? FinalStatus => Volatile.Read(ref _status)?.Value;

    public Task<Metadata> ResponseHeadersAsync => _responseHeaders ??= Observe(ReadResponseHeadersAsync());

    protected Task<HttpResponseMessage> ResponseTask => _responseTask!;

    public Status GetStatus() =>
        FinalStatus ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata GetTrailers() => _responseEnded
        ? ReadTrailers()
        : throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.");

    public void Dispose()
    {
        _disposed = true;
        Cancel(CallStatus.Disposed);
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    /// <summary>Ends the call when a token of one read or write is cancelled.</summary>
    public CancellationTokenRegistration CancelOn(CancellationToken token) =>
        token.CanBeCanceled && token != Options.CancellationToken
            ? token.UnsafeRegister(static (call, cancelled) => ((GrpcCall)call!).Cancel(CallStatus.CancelledBy(cancelled)), this)
            : default;

    /// <summary>Ends the call because the server's response is complete.</summary>
    /// <returns>The call's status: the given one unless the call ended before.</returns>
    public Status Complete(Status status)
    {
        _responseEnded = true;
        End(status);
        _response?.Dispose();
        return GetStatus();
    }

    /// <summary>Ends the call because something went wrong.</summary>
    /// <returns>What to throw: the exception for the call's status, which is an earlier one if the call had ended before.</returns>
    public Exception Fail(string summary, Exception exception)
    {
        if (FinalStatus is null)
        {
            var status = exception is OperationCanceledException
                ? new Status(StatusCode.Cancelled, string.Empty, exception)
                : CallStatus.FromException(summary, exception);

            // The server's reset may arrive before the client's own timer fires.
            if (status.StatusCode == StatusCode.Cancelled && Options.Deadline <= DateTime.UtcNow)
            {
                status = new Status(StatusCode.DeadlineExceeded, status.Detail, exception);
            }

            Cancel(status);
        }

        return CreateException();
    }

    /// <summary>Ends the call because its request cannot be sent.</summary>
    public void FailRequest(Exception exception) => _ = Fail("Error writing request message.", exception);

    /// <summary>The exception for the status of the ended call.</summary>
    public Exception CreateException()
    {
        var status = GetStatus();
        var exception = new RpcException(status, _responseEnded ? ReadTrailers() : Metadata.Empty);
        if (Channel.ThrowOperationCanceledOnCancellation && status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
        {
            var token = status.DebugException is OperationCanceledException { CancellationToken: var cancelled } ? cancelled : default;
            return new OperationCanceledException(exception.Message, exception, token);
        }

        return exception;
    }

    /// <summary>Sends the request.</summary>
    /// <param name="content">Its body.</param>
    /// <param name="singleResponse">Whether a response without a message is an error.</param>
    protected void Start(RequestContent content, bool singleResponse)
    {
        _singleResponse = singleResponse;
        if (Options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            StartDeadline(deadline);
        }

        if (Options.CancellationToken.CanBeCanceled)
        {
            _callerCancellation = Options.CancellationToken.UnsafeRegister(
                static (call, token) => ((GrpcCall)call!).Cancel(CallStatus.CancelledBy(token)), this);
        }

        _responseTask = Observe(SendAsync(content));
    }

    /// <summary>Ends the body of a streamed request.</summary>
    protected virtual void StopRequest()
    {
    }

    /// <summary>Nobody may be waiting for a task of an abandoned call; its failure is in the call's status as well.</summary>
    protected static Task<T> Observe<T>(Task<T> task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.ContinueWith(
                static failed => _ = failed.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        return task;
    }

    private void Cancel(Status status)
    {
        if (End(status))
        {
            _cancellation.Cancel();
            _response?.Dispose();
        }
    }

    private bool End(Status status)
    {
        if (Interlocked.CompareExchange(ref _status, new StrongBox<Status>(status), null) is not null)
        {
            return false;
        }

        Channel.Unregister(this);
        _callerCancellation.Unregister();
        Volatile.Read(ref _deadlineTimer)?.Dispose();
        StopRequest();
        if (_activity is { } activity)
        {
            // Stopping makes the parent current; the code that ends the call need not run inside it.
            var current = Activity.Current;
            activity.SetTag("grpc.status_code", ((int)status.StatusCode).ToString());
            activity.Stop();
            Activity.Current = current;
        }

        if (status.StatusCode != StatusCode.OK)
        {
            CallLog.CallFailed(Channel.Logger, _method.FullName, status.StatusCode, status.Detail, status.DebugException);
        }

        return true;
    }

    private async Task<HttpResponseMessage> SendAsync(RequestContent content)
    {
        try
        {
            if (FinalStatus is null && Activities.HasListeners())
            {
                _activity = Activities.StartActivity(ActivityName, ActivityKind.Client);
                _activity?.SetTag("grpc.method", _method.FullName);
            }

            var response = Options.IsWaitForReady
                ? await SendWhenReadyAsync(content).ConfigureAwait(false)
                : await SendOnceAsync(content).ConfigureAwait(false);
            _response = response;
            if (_cancellation.IsCancellationRequested)
            {
                response.Dispose();
            }
            else if (CallStatus.FromHeaders(response) is { } status)
            {
                _trailers = CallStatus.ReadMetadata(response.Headers);
                Complete(_singleResponse && status.StatusCode == StatusCode.OK
                    ? new Status(StatusCode.Internal, "Failed to deserialize response message: the response header contains a gRPC status of OK, so there is no message.")
                    : status);
            }

            return response;
        }
        catch (Exception exception)
        {
            throw Fail("Error starting gRPC call.", exception);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(RequestContent content)
    {
        _cancellation.Token.ThrowIfCancellationRequested();
        var request = CreateRequest(content);
        return Channel.Invoker is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _cancellation.Token)
            : Channel.Invoker.SendAsync(request, _cancellation.Token);
    }

    /// <summary>Tries again, with growing pauses, while there is nothing to connect to. The body is untouched until there is a connection.</summary>
    private async Task<HttpResponseMessage> SendWhenReadyAsync(RequestContent content)
    {
        for (var pause = FirstConnectRetry; ; pause = pause * 1.6 < LongestConnectRetry ? pause * 1.6 : LongestConnectRetry)
        {
            try
            {
                return await SendOnceAsync(content).ConfigureAwait(false);
            }
            catch (HttpRequestException exception)
                when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            {
                await Task.Delay(pause, _cancellation.Token).ConfigureAwait(false);
            }
        }
    }

    private HttpRequestMessage CreateRequest(RequestContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Channel.GetMethodAddress(_method))
        {
            Version = Channel.HttpVersion,
            VersionPolicy = Channel.HttpVersionPolicy,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        headers.TryAddWithoutValidation("TE", "trailers");
        headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, Channel.Compression.Names);
        if (Options.Headers is { Count: > 0 } metadata)
        {
            foreach (var entry in metadata)
            {
                if (entry.Key == GrpcProtocol.CompressionRequestHeader)
                {
                    SetRequestEncoding(headers, entry.Value);
                }
                else if (entry.Key != GrpcProtocol.TimeoutHeader)
                {
                    headers.TryAddWithoutValidation(entry.Key, entry.IsBinary ? BinaryHeader.Encode(entry.ValueBytes) : entry.Value);
                }
            }
        }

        if (Options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, GrpcTimeout.Format(deadline - DateTime.UtcNow));
        }

        return request;
    }

    private void SetRequestEncoding(System.Net.Http.Headers.HttpRequestHeaders headers, string encoding)
    {
        if (RequestCompression is null && !GrpcProtocol.IsIdentity(encoding))
        {
            throw new InvalidOperationException($"Could not find compression provider for '{encoding}'. Known encodings: {Channel.Compression.Names}.");
        }

        headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, encoding);
    }

    private void StartDeadline(DateTime deadline)
    {
        var remaining = deadline - DateTime.UtcNow;
        if (remaining <= TimeSpan.Zero)
        {
            Cancel(CallStatus.DeadlineExceeded);
            return;
        }

        // The timer must not keep the caller's execution context, with all that hangs on it, until the deadline.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            Volatile.Write(ref _deadlineTimer, new Timer(static call => ((GrpcCall)call!).OnDeadlineTimer(), this, Timeout.Infinite, Timeout.Infinite));
        }

        _deadlineTimer!.Change(GrpcProtocol.TimerDueTime(remaining), Timeout.Infinite);
    }

    private void OnDeadlineTimer()
    {
        var remaining = Options.Deadline!.Value - DateTime.UtcNow;
        if (remaining <= TimeSpan.Zero)
        {
            Cancel(CallStatus.DeadlineExceeded);
        }
        else if (FinalStatus is null)
        {
            // Farther away than a timer can wait, or the clock was set back.
            _deadlineTimer!.Change(GrpcProtocol.TimerDueTime(remaining), Timeout.Infinite);
        }
    }

    private async Task<Metadata> ReadResponseHeadersAsync()
    {
        var response = await ResponseTask.ConfigureAwait(false);
        return CallStatus.ReadMetadata(response.Headers);
    }

    private Metadata ReadTrailers()
    {
        if (_trailers is null)
        {
            try
            {
                _trailers = CallStatus.ReadMetadata(_response!.TrailingHeaders);
            }
            catch (FormatException exception)
            {
                // The status is known and must reach the caller, whatever the server put beside it.
                CallLog.InvalidTrailers(Channel.Logger, _method.FullName, exception);
                _trailers = Metadata.Empty;
            }
        }

        return _trailers;
    }
}
