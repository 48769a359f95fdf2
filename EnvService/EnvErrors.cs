using DqnAspire.Core;
using DqnAspire.Environments;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>Errors as the caller sees them: the field that is wrong, then what is wrong with it.</summary>
internal static class EnvErrors
{
    public static RpcException Invalid(string field, string message) =>
        new(new Status(StatusCode.InvalidArgument, $"{field}: {message}"));

    public static RpcException Unavailable(EnvironmentUnavailableException exception) =>
        new(new Status(StatusCode.FailedPrecondition, exception.Message));

    /// <summary>Looks an environment up and makes something of it.</summary>
    /// <param name="prefix">Path of the message that carries the id and the options: "" or "open.".</param>
    /// <param name="create">What may fail for the id or an option.</param>
    /// <exception cref="RpcException">
    /// NOT_FOUND for the id, INVALID_ARGUMENT for an option, FAILED_PRECONDITION for a cartridge that is not here.
    /// </exception>
    public static T Create<T>(string prefix, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (UnknownEnvironmentException exception)
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"{prefix}environment_id: {exception.Message}"));
        }
        catch (EnvironmentOptionException exception)
        {
            throw Invalid($"{prefix}options[{Spelling.Echo(exception.Option)}]", exception.Message);
        }
        catch (EnvironmentUnavailableException exception)
        {
            throw Unavailable(exception);
        }
    }
}
