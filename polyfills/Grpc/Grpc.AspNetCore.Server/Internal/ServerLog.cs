using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What the server logs.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Error, EventId = 6, EventName = "ErrorExecutingServiceMethod", Message = "Error when executing service method '{ServiceMethod}'.")]
    public static partial void HandlerFailed(ILogger logger, string serviceMethod, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, EventId = 24, EventName = "ServiceMethodCanceled", Message = "Service method '{ServiceMethod}' canceled.")]
    public static partial void HandlerCancelled(ILogger logger, string serviceMethod, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, EventId = 7, EventName = "RpcConnectionError", Message = "Error status code '{StatusCode}' with detail '{Detail}' raised by '{ServiceMethod}'.")]
    public static partial void HandlerStatus(ILogger logger, string serviceMethod, StatusCode statusCode, string detail, Exception? debugException);

    [LoggerMessage(Level = LogLevel.Information, EventId = 1, EventName = "UnsupportedRequestContentType", Message = "Request content-type of '{ContentType}' is not supported.")]
    public static partial void UnsupportedContentType(ILogger logger, string? contentType);

    [LoggerMessage(Level = LogLevel.Information, EventId = 2, EventName = "UnsupportedRequestProtocol", Message = "Request protocol of '{Protocol}' is not supported.")]
    public static partial void UnsupportedProtocol(ILogger logger, string protocol);

    [LoggerMessage(Level = LogLevel.Debug, EventId = 3, EventName = "DeadlineExceeded", Message = "Request with deadline {Deadline:O} of '{ServiceMethod}' has exceeded its deadline.")]
    public static partial void DeadlineExceeded(ILogger logger, string serviceMethod, DateTime deadline);

    [LoggerMessage(Level = LogLevel.Error, EventId = 27, EventName = "DeadlineCancellationError", Message = "Error occurred while answering '{ServiceMethod}' at its deadline.")]
    public static partial void DeadlineFailed(ILogger logger, string serviceMethod, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, EventId = 4, EventName = "InvalidTimeoutIgnored", Message = "Invalid grpc-timeout header value '{Timeout}' has been ignored.")]
    public static partial void InvalidTimeout(ILogger logger, string timeout);

    [LoggerMessage(Level = LogLevel.Information, EventId = 5, EventName = "Unimplemented", Message = "'{Path}' is unimplemented.")]
    public static partial void Unimplemented(ILogger logger, string path);
}
