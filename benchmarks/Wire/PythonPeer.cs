using System.Globalization;

namespace DqnAspire.Benchmarks.Wire;

/// <summary>The same unary calls with grpcio at both ends.</summary>
internal static class PythonPeer
{
    /// <summary>Calls a second; null, with a line that says so, when grpcio is not installed.</summary>
    /// <exception cref="BenchmarkException">It is installed but did not work.</exception>
    public static async Task<double?> UnaryAsync(int calls, int inFlight, CancellationToken cancellationToken)
    {
        string[] arguments = [calls.ToString(CultureInfo.InvariantCulture), inFlight.ToString(CultureInfo.InvariantCulture)];
        var output = await PythonScript.RunAsync("grpc", "python3-grpcio", "wire_peer.py", arguments, cancellationToken).ConfigureAwait(false);
        return output switch
        {
            null => null,
            _ when double.TryParse(output, CultureInfo.InvariantCulture, out var perSecond) => perSecond,
            _ => throw new BenchmarkException($"The peer wire_peer.py printed no number: {output.Trim()}"),
        };
    }
}
