using System.CommandLine;
using System.CommandLine.Invocation;
using DqnAspire.Clients;
using DqnAspire.Core;
using Grpc.Core;

namespace DqnAspire.Benchmarks;

/// <summary>The options of <c>dotnet run -c Release --project benchmarks -- ...</c>.</summary>
public static class CommandLine
{
    private const int Failure = 1;
    private const int Interrupted = 130;
    private const double QuickScale = 0.05;

    /// <summary>Reads the command line, measures and reports.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="suites">The suites that can be named.</param>
    /// <param name="error">Receives the line that says what failed.</param>
    /// <param name="buildProblem">Why this build measures nothing; null: it can.</param>
    /// <returns>The exit code: 0, 1 after an error, 130 when interrupted.</returns>
    public static Task<int> InvokeAsync(
        string[] args, IReadOnlyList<ISuite> suites, TextWriter error, string? buildProblem = null)
    {
        var names = string.Join(", ", suites.Select(s => s.Name));
        var suiteName = new Argument<string>("suite") { Description = $"What to measure: {names}." };
        var json = new Option<string?>("--json")
        {
            Description = "Also write the figures to a file.",
            HelpName = "FILE",
        };
        var peer = new Option<bool>("--peer") { Description = "Also measure the peer, where one is installed." };
        var quick = new Option<bool>("--quick") { Description = "A look in seconds; not to be quoted." };
        var root = new RootCommand("Measures DqnAspire.") { suiteName, json, peer, quick };
        root.SetAction(async (result, cancellationToken) =>
        {
            var name = result.GetRequiredValue(suiteName);
            if (suites.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } suite)
            {
                return Fail(error, $"There is no suite '{name}'. Suites: {names}.");
            }

            if (buildProblem is not null)
            {
                return Fail(error, buildProblem);
            }

            try
            {
                var scale = result.GetValue(quick) ? QuickScale : 1;
                var results = await suite
                    .RunAsync(result.GetValue(peer), scale, cancellationToken).ConfigureAwait(false);
                Reporter.Print(suite.Name, results);
                if (result.GetValue(json) is { } file)
                {
                    await File
                        .WriteAllTextAsync(file, Reporter.ToJson(suite.Name, results), cancellationToken)
                        .ConfigureAwait(false);
                }

                return 0;
            }
            // An interrupt from the terminal reaches the services too: their calls may fail before this program is
            // told.
            catch (Exception e) when (cancellationToken.IsCancellationRequested && IsExpected(e))
            {
                return Interrupted;
            }
            catch (Exception e) when (IsExpected(e))
            {
                return Fail(error, e.Message);
            }
        });
        var parsed = root.Parse(args);
        return parsed.Action is ParseErrorAction
            ? Task.FromResult(Fail(error, parsed.Errors[0].Message))
            : parsed.InvokeAsync(new InvocationConfiguration { Error = error });
    }

    private static bool IsExpected(Exception e) => e is
        BenchmarkException or ServiceCallException or RpcException or OperationCanceledException
        or IOException or UnauthorizedAccessException;

    private static int Fail(TextWriter error, string problem)
    {
        error.WriteLine(ErrorLine.Of(problem));
        return Failure;
    }
}
