using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.Core;
using DqnAspire.Core.Plugins;
using DqnAspire.Environments;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>Errors as the caller sees them: the field that is wrong, then what is wrong with it.</summary>
internal static class EnvErrors
{
    private const int MaxOption = 100;

    public static RpcException Invalid(string field, string message) =>
        new(new Status(StatusCode.InvalidArgument, $"{field}: {message}"));

    /// <summary>Does something of the library for a request.</summary>
    /// <param name="prefix">Path of the message that carries the id and the options: "" or "open.".</param>
    /// <param name="call">What may fail.</param>
    /// <exception cref="RpcException">It failed; the status is that of <see cref="StatusOf"/>.</exception>
    public static T Create<T>(string prefix, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (StatusOf(exception, prefix) is { } status)
        {
            throw new RpcException(status);
        }
    }

    /// <summary>What the service answers when the library throws.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="prefix">Path of the message that carries the id and the options.</param>
    /// <returns>Null for what only a fault can throw.</returns>
    public static Status? StatusOf(Exception exception, string prefix) => exception switch
    {
        UnknownEnvironmentException => new Status(
            StatusCode.NotFound, $"{prefix}environment_id: {exception.Message}"),
        EnvironmentOptionException e => new Status(
            StatusCode.InvalidArgument, $"{prefix}options[{OneLine.Of(e.Option, MaxOption)}]: {e.Message}"),
        StateException or SnapshotException => new Status(
            StatusCode.InvalidArgument, $"restore_state: {exception.Message}"),
        // A cartridge that is not here, is none, or is not the game's.
        EnvironmentUnavailableException or CartridgeException or ModeSelectionException or GameRuleException
            or PluginException => new Status(
                StatusCode.FailedPrecondition, exception.Message),
        // A cartridge's file: the stream's own exceptions do not come from here.
        IOException or UnauthorizedAccessException => new Status(StatusCode.FailedPrecondition, exception.Message),
        OutOfMemoryException => new Status(StatusCode.ResourceExhausted, "EnvService has no memory for this."),
        _ => null,
    };
}
