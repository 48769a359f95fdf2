using System.Text.Json;

namespace DqnAspire.Benchmarks.Tests;

public sealed class ReporterTests
{
    [Fact]
    public void Ratio_IsAboveOne_WhereOursIsFaster()
    {
        Assert.Equal(2, new BenchmarkResult("a", 200, "calls/s", "p", 100).Ratio);
        Assert.Equal(2, new BenchmarkResult("a", 100, "us", "p", 200).Ratio);
        Assert.Null(new BenchmarkResult("a", 100, "us").Ratio);
    }

    [Fact]
    public void Json_HasTheDocumentedShape()
    {
        using var json = JsonDocument.Parse(Reporter.ToJson(
            "wire", [new BenchmarkResult("unary", 200, "calls/s", "python3-grpcio", 100),
                new BenchmarkResult("stream-1mib", 5, "MB/s")]));

        Assert.Equal("wire", json.RootElement.GetProperty("suite").GetString());
        var results = json.RootElement.GetProperty("results");
        Assert.Equal(
            ["name", "value", "unit", "peer", "peerValue", "ratio"],
            results[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, results[0].GetProperty("ratio").GetDouble());
        Assert.Equal(["name", "value", "unit"], results[1].EnumerateObject().Select(p => p.Name));
    }
}
