using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.Benchmarks.Wire;

/// <summary>The same unary calls with grpcio at both ends.</summary>
internal static class PythonPeer
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    /// <summary>Calls a second; null, with a line that says so, when grpcio is not installed.</summary>
    /// <exception cref="BenchmarkException">It is installed but did not work.</exception>
    public static async Task<double?> UnaryAsync(int calls, int inFlight, CancellationToken cancellationToken)
    {
        foreach (var interpreter in Interpreters)
        {
            if (await RunAsync(interpreter, ["-c", "import grpc"], cancellationToken).ConfigureAwait(false) is not { ExitCode: 0 })
            {
                continue;
            }

            var script = Path.Combine(AppContext.BaseDirectory, "peers", "wire_peer.py");
            string[] arguments = [script, calls.ToString(CultureInfo.InvariantCulture), inFlight.ToString(CultureInfo.InvariantCulture)];
            var outcome = await RunAsync(interpreter, arguments, cancellationToken).ConfigureAwait(false);
            return outcome is { ExitCode: 0 } && double.TryParse(outcome.Output, CultureInfo.InvariantCulture, out var perSecond)
                ? perSecond
                : throw new BenchmarkException($"The peer did not work ({interpreter} {script}): {outcome?.Errors.Trim().Split('\n')[^1]}");
        }

        Console.WriteLine("No python3 with grpcio is installed (Debian package python3-grpcio): no peer figure.");
        return null;
    }

    /// <summary>Runs to the end; null when there is no such interpreter.</summary>
    private static async Task<Outcome?> RunAsync(string interpreter, string[] arguments, CancellationToken cancellationToken)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            try
            {
                var errors = process.StandardError.ReadToEndAsync(cancellationToken);
                var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                return new Outcome(process.ExitCode, output, await errors.ConfigureAwait(false));
            }
            finally
            {
                // The script has a server process of its own.
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private sealed record Outcome(int ExitCode, string Output, string Errors);
}
