using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.Benchmarks.Wire;

/// <summary>The same unary calls with grpcio at both ends.</summary>
internal static class PythonPeer
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    /// <summary>Calls a second; null, with a line that says so, when grpcio is not installed.</summary>
    public static async Task<double?> UnaryAsync(int calls, int inFlight)
    {
        foreach (var interpreter in Interpreters)
        {
            var start = new ProcessStartInfo(interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peers", "wire_peer.py"));
            start.ArgumentList.Add(calls.ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(inFlight.ToString(CultureInfo.InvariantCulture));
            try
            {
                using var process = Process.Start(start)!;
                var errors = process.StandardError.ReadToEndAsync();
                var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
                await process.WaitForExitAsync().ConfigureAwait(false);
                await errors.ConfigureAwait(false);
                if (process.ExitCode == 0)
                {
                    return double.Parse(output, CultureInfo.InvariantCulture);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // This interpreter is not installed; another one may be.
            }
        }

        Console.WriteLine("No python3 with grpcio is installed (Debian package python3-grpcio): no peer figure.");
        return null;
    }
}
