using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DqnAspire.ServiceDefaults;

/// <summary>Runs a service; what keeps it from starting is one clear line and exit code 1, never a stack trace.</summary>
public static class ServiceHost
{
    /// <summary>Builds and runs a service until it is asked to stop.</summary>
    /// <param name="build">Makes the application.</param>
    /// <param name="isUserError">Whether an exception's message is meant for the user as it is, beside those known here.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, Func<Exception, bool>? isUserError = null)
    {
        WebApplication app;
        try
        {
            app = build();
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is StartUpException || isUserError?.Invoke(e) == true)
        {
            return Fail(e.Message);
        }
        catch (OptionsValidationException e)
        {
            return Fail(string.Join(" ", e.Failures));
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            return Fail($"{e.Message} Set {ServiceEndpoints.GrpcPortVariable} or {ServiceEndpoints.HttpPortVariable} to a free port, or start the system with --port-offset.");
        }

        await using (app.ConfigureAwait(false))
        {
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }

        return 0;
    }

    private static int Fail(string problem)
    {
        Console.Error.WriteLine($"error: {problem}");
        return 1;
    }
}
