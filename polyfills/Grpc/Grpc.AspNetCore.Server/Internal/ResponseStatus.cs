using System.Globalization;
using Grpc.Core;
using Grpc.Net.Internal;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Writes statuses where HTTP carries them.</summary>
internal static class ResponseStatus
{
    private static readonly string[] Codes = [.. Enum.GetValues<StatusCode>().Select(code => ((int)code).ToString(CultureInfo.InvariantCulture))];

    public static void Write(IHeaderDictionary destination, Status status)
    {
        var code = (int)status.StatusCode;
        destination[GrpcProtocol.StatusTrailer] = (uint)code < (uint)Codes.Length ? Codes[code] : code.ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(status.Detail))
        {
            destination[GrpcProtocol.MessageTrailer] = PercentEncoding.Encode(status.Detail);
        }
    }

    /// <summary>Answers without a message: the response headers are the trailers.</summary>
    public static void WriteTrailersOnly(HttpResponse response, Status status)
    {
        response.ContentType = GrpcProtocol.ContentType;
        Write(response.Headers, status);
    }

    /// <summary>Answers a request that is not gRPC, with an HTTP status for those who know no other.</summary>
    public static void WriteHttpError(HttpResponse response, int httpStatus, string detail)
    {
        response.StatusCode = httpStatus;
        Write(response.Headers, new Status(StatusCode.Internal, detail));
    }
}
