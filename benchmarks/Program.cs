using System.CommandLine;
using DqnAspire.Benchmarks;
using DqnAspire.Benchmarks.Training;
using DqnAspire.Benchmarks.Wire;

ISuite[] suites = [new WireSuite(), new TrainingSuite()];
var names = string.Join(", ", suites.Select(s => s.Name));
var suiteName = new Argument<string>("suite") { Description = $"What to measure: {names}." };
var json = new Option<string?>("--json") { Description = "Also write the figures to a file.", HelpName = "FILE" };
var peer = new Option<bool>("--peer") { Description = "Also measure the peer, where one is installed." };
var quick = new Option<bool>("--quick") { Description = "A look in seconds; not to be quoted." };
var root = new RootCommand("Measures DqnAspire.") { suiteName, json, peer, quick };
root.SetAction(async (result, cancellationToken) =>
{
    var suite = suites.FirstOrDefault(s => s.Name == result.GetValue(suiteName));
    if (suite is null)
    {
        Console.Error.WriteLine($"error: There is no suite '{result.GetValue(suiteName)}'. Suites: {names}.");
        return 1;
    }

    var results = await suite.RunAsync(result.GetValue(peer), result.GetValue(quick) ? 0.05 : 1);
    Reporter.Print(suite.Name, results);
    if (result.GetValue(json) is { } file)
    {
        await File.WriteAllTextAsync(file, Reporter.ToJson(suite.Name, results), cancellationToken);
    }

    return 0;
});

// The wire suite's server is a process of its own: this program again.
return args is [WireServer.Argument] ? await WireServer.RunAsync() : await root.Parse(args).InvokeAsync();
