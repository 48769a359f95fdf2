using DqnAspire.Core;
using DqnAspire.Replay;
using DqnAspire.Replay.Sharing;
using DqnAspire.Replay.Storage;
using Grpc.Core;

namespace DqnAspire.ReplayService;

/// <summary>
/// The only place where the exceptions of the library become statuses. Every call passes through it, so no caller ever
/// gets UNKNOWN, which says nothing.
/// </summary>
internal static class ReplayErrors
{
    private static readonly TimeSpan CancellationDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>An error with one line, whatever it quotes.</summary>
    public static RpcException Error(StatusCode code, string detail) =>
        new(new Status(code, QuotedText.OneLine(detail)));

    /// <summary>An error for a value that can never be; the detail begins with its field.</summary>
    public static RpcException Invalid(string detail) => Error(StatusCode.InvalidArgument, detail);

    /// <summary>An error for a table that is neither open nor stored.</summary>
    public static RpcException Unknown(string name) =>
        Error(StatusCode.NotFound, $"table: there is no table {name.Quote()}.");

    /// <summary>Runs a call, and maps what it throws.</summary>
    /// <param name="call">The call.</param>
    /// <param name="context">The call's context.</param>
    /// <param name="unexpected">Is told of exceptions that only a fault of the program explains.</param>
    /// <param name="isStream">Whether the call reads or writes a stream, which can break.</param>
    /// <param name="columns">
    /// The message field that holds the columns which a <see cref="ReplayRecordException"/> names.
    /// </param>
    public static async Task<T> GuardAsync<T>(
        Func<Task<T>> call,
        ServerCallContext context,
        Action<Exception> unexpected,
        bool isStream = false,
        string columns = "")
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is not RpcException)
        {
            if (await IsEndOfCallAsync(e, isStream, context.CancellationToken))
            {
                throw;
            }

            var (code, detail) = Map(e, columns);
            if (code == StatusCode.Internal)
            {
                unexpected(e);
            }

            throw Error(code, detail);
        }
    }

    /// <summary>The status of an exception, and its line.</summary>
    /// <param name="exception">What the library threw.</param>
    /// <param name="columns">As in <see cref="GuardAsync"/>.</param>
    internal static (StatusCode Code, string Detail) Map(Exception exception, string columns = "") => exception switch
    {
        ReplayRecordException e => (StatusCode.InvalidArgument, columns + e.Message),
        ReplayMarkException e => (e.IsUnknown ? StatusCode.NotFound : StatusCode.FailedPrecondition, e.Message),
        ReplayStoreException e => (StatusOf(e.Problem), e.Message),
        TableClosedException e => (e.IsDeleted ? StatusCode.NotFound : StatusCode.Aborted, e.Message),
        TableRewoundException e => (StatusCode.Aborted, e.Message),
        TableExistsException e => (StatusCode.AlreadyExists, e.Message),
        MemoryLimitException e => (StatusCode.ResourceExhausted, e.Message),
        NoSnapshotsException e => (StatusCode.FailedPrecondition, e.Message),
        // The rest is of the platform, or of an engine from elsewhere.
        OutOfMemoryException => (StatusCode.ResourceExhausted, "The service has no memory left for this."),
        // The table was closed under the call.
        ObjectDisposedException e => (StatusCode.Aborted, $"The table was closed meanwhile ({e.ObjectName})."),
        TimeoutException or OperationCanceledException => (StatusCode.Unavailable, FirstLine(exception)),
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException or EndOfStreamException =>
            (StatusCode.DataLoss, FirstLine(exception)),
        IOException or UnauthorizedAccessException => (StatusCode.FailedPrecondition, FirstLine(exception)),
        NotSupportedException e => (StatusCode.Unimplemented, FirstLine(e)),
        ArgumentException e => (StatusCode.InvalidArgument, FirstLine(e)),
        var e => (StatusCode.Internal, $"The service failed ({e.GetType().Name}: {FirstLine(e)}); its log has more."),
    };

    private static StatusCode StatusOf(StoreProblem problem) => problem switch
    {
        StoreProblem.Refused => StatusCode.FailedPrecondition,
        StoreProblem.Full => StatusCode.ResourceExhausted,
        StoreProblem.Away => StatusCode.Unavailable,
        StoreProblem.Taken => StatusCode.Aborted,
        _ => StatusCode.DataLoss,
    };

    /// <summary>
    /// Whether an exception is how the end of the call itself shows, which the host knows how to report. A stream that
    /// breaks and the cancellation of its call come separately.
    /// </summary>
    private static async ValueTask<bool> IsEndOfCallAsync(Exception e, bool isStream, CancellationToken call)
    {
        var isOfStream = isStream && e is (IOException and not ReplayStoreException)
            or (InvalidOperationException and not (ObjectDisposedException or ReplayMarkException));
        if (isOfStream && !call.IsCancellationRequested)
        {
            await Task.Delay(CancellationDelay, call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return call.IsCancellationRequested && (isOfStream || e is OperationCanceledException);
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].TrimEnd('\r');
}
