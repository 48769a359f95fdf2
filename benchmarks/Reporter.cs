using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace DqnAspire.Benchmarks;

/// <summary>A table for people, JSON for programs.</summary>
public static class Reporter
{
    private const int WidthOfFiles = 120;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Prints a suite's figures.</summary>
    public static void Print(string suite, IReadOnlyList<BenchmarkResult> results)
    {
        var table = new Table().Title(suite)
            .AddColumn("name", column => column.NoWrap())
            .AddColumn("value", column => column.NoWrap())
            .AddColumn("unit", column => column.NoWrap())
            .AddColumns("peer", "peer value", "ratio");
        foreach (var result in results)
        {
            table.AddRow(
                result.Name,
                Number(result.Value),
                result.Unit,
                result.Peer ?? "",
                result.PeerValue is { } peer ? Number(peer) : "",
                result.Ratio is { } ratio ? Number(ratio) : "");
        }

        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        AnsiConsole.Write(table);
    }

    /// <summary>A suite's figures as JSON.</summary>
    public static string ToJson(string suite, IReadOnlyList<BenchmarkResult> results) =>
        JsonSerializer.Serialize(new { suite, results }, Json);

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
