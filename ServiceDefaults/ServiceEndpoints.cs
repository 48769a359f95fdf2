using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.ServiceDefaults;

/// <summary>A service's name and its two loopback ports.</summary>
/// <param name="Service">Resource name, for example "env".</param>
/// <param name="Grpc">Port of cleartext HTTP/2, for gRPC alone; 0: any free one.</param>
/// <param name="Http">Port of HTTP/1.1: health, metrics, pages; 0: any free one.</param>
public sealed record ServiceEndpoints(string Service, int Grpc, int Http)
{
    /// <summary>Variable that sets the gRPC port.</summary>
    public const string GrpcPortVariable = "GRPC_PORT";

    /// <summary>Variable that sets the HTTP/1.1 port.</summary>
    public const string HttpPortVariable = "HTTP_PORT";

    /// <summary>EnvService.</summary>
    public static ServiceEndpoints Env { get; } = new("env", 5101, 5111);

    /// <summary>ReplayService.</summary>
    public static ServiceEndpoints Replay { get; } = new("replay", 5102, 5112);

    /// <summary>LearnerService.</summary>
    public static ServiceEndpoints Learner { get; } = new("learner", 5103, 5113);

    /// <summary>EvalService.</summary>
    public static ServiceEndpoints Eval { get; } = new("eval", 5104, 5114);

    /// <summary>The same service with the ports that configuration asks for.</summary>
    /// <exception cref="StartUpException">A variable is not a port.</exception>
    public ServiceEndpoints From(IConfiguration configuration) => this with
    {
        Grpc = Port(configuration, GrpcPortVariable, Grpc),
        Http = Port(configuration, HttpPortVariable, Http),
    };

    private int Port(IConfiguration configuration, string variable, int fallback)
    {
        if (configuration[variable] is not { Length: > 0 } text)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new StartUpException($"{Service}: {variable}='{text}' is not a port (0..{ushort.MaxValue}).");
    }
}
