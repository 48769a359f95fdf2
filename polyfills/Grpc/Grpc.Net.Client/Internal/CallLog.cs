using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Internal;

/// <summary>What the client logs.</summary>
internal static partial class CallLog
{
    [LoggerMessage(Level = LogLevel.Information, EventId = 3, EventName = "GrpcStatusError", Message = "Call {Method} failed with gRPC error status. Status code: '{StatusCode}', Message: '{StatusMessage}'.")]
    public static partial void CallFailed(ILogger logger, string method, StatusCode statusCode, string statusMessage, Exception? debugException);

    [LoggerMessage(Level = LogLevel.Error, EventId = 19, EventName = "ErrorParsingTrailers", Message = "Error parsing the trailers of {Method}.")]
    public static partial void InvalidTrailers(ILogger logger, string method, Exception exception);
}
