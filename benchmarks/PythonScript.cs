using System.ComponentModel;
using System.Diagnostics;

namespace DqnAspire.Benchmarks;

/// <summary>A peer in Python: a script beside this program.</summary>
internal static class PythonScript
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    /// <summary>What the script prints; null, with a line that says so, when no interpreter has the module.</summary>
    /// <param name="module">The module that the script is about.</param>
    /// <param name="package">Debian's package of it.</param>
    /// <param name="script">File name.</param>
    /// <param name="arguments">For the script.</param>
    /// <param name="cancellationToken">Gives up; the script is ended.</param>
    /// <exception cref="BenchmarkException">The module is installed but the script did not work.</exception>
    public static async Task<string?> RunAsync(
        string module, string package, string script, string[] arguments, CancellationToken cancellationToken)
    {
        foreach (var interpreter in Interpreters)
        {
            var import = await StartAsync(interpreter, ["-c", $"import {module}"], cancellationToken)
                .ConfigureAwait(false);
            if (import is not { ExitCode: 0 })
            {
                continue;
            }

            var path = Path.Combine(AppContext.BaseDirectory, "peers", script);
            var outcome = await StartAsync(interpreter, [path, .. arguments], cancellationToken).ConfigureAwait(false);
            return outcome is { ExitCode: 0 }
                ? outcome.Output
                : throw new BenchmarkException(
                    $"The peer did not work ({interpreter} {path}): {outcome?.Errors.Trim().Split('\n')[^1]}");
        }

        Console.WriteLine($"No python3 with {module} is installed (Debian package {package}): no peer figure.");
        return null;
    }

    /// <summary>Runs to the end; null when there is no such interpreter.</summary>
    private static async Task<Outcome?> StartAsync(
        string interpreter, string[] arguments, CancellationToken cancellationToken)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(interpreter, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
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
                // A script may have processes of its own.
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private sealed record Outcome(int ExitCode, string Output, string Errors);
}
