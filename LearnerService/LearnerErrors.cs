using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Plugins;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Sessions;
using Grpc.Core;

namespace DqnAspire.LearnerService;

/// <summary>Errors as the caller sees them.</summary>
internal static class LearnerErrors
{
    /// <summary>What the service answers when the libraries throw.</summary>
    /// <returns>Null for what only a fault can throw.</returns>
    public static Status? StatusOf(Exception exception) => exception switch
    {
        UnknownPresetException => new Status(StatusCode.NotFound, $"preset: {exception.Message}"),
        SettingException => new Status(StatusCode.InvalidArgument, $"settings: {exception.Message}"),
        EvaluationProtocolException => new Status(StatusCode.InvalidArgument, exception.Message),
        RunInProgressException or RunDirectoryException or RunControlException or PluginException
            or DivergedException => new Status(StatusCode.FailedPrecondition, exception.Message),
        PeerException { IsLoss: true } => new Status(StatusCode.Unavailable, exception.Message),
        PeerException => new Status(StatusCode.FailedPrecondition, exception.Message),
        StateException => new Status(StatusCode.DataLoss, exception.Message),
        IOException or InvalidDataException or UnauthorizedAccessException => new Status(
            StatusCode.Internal, exception.Message),
        OutOfMemoryException => new Status(StatusCode.ResourceExhausted, "LearnerService has no memory for this."),
        _ => null,
    };

    /// <summary>An error of a call.</summary>
    public static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));
}
