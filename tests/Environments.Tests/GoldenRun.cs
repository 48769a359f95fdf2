using System.Text.Json;

namespace DqnAspire.Environments.Tests;

/// <summary>One run of a recorded file, by columns, with the resets by the step they come before.</summary>
internal sealed class GoldenRun
{
    public GoldenRun(JsonElement run)
    {
        Element = run;
        Seed = run.GetProperty("seed").GetUInt64();
        Policy = run.GetProperty("policy").GetString()!;
        Actions = [.. run.GetProperty("action").EnumerateArray().Select(v => v.GetInt32())];
        Rewards = [.. run.GetProperty("reward").EnumerateArray().Select(v => v.GetDouble())];
        Terminated = [.. run.GetProperty("terminated").EnumerateArray().Select(v => v.GetBoolean())];
        Truncated = [.. run.GetProperty("truncated").EnumerateArray().Select(v => v.GetBoolean())];
        Resets = run.GetProperty("resets").EnumerateArray()
            .ToDictionary(reset => reset.GetProperty("before_step").GetInt32());
    }

    public JsonElement Element { get; }

    public ulong Seed { get; }

    public string Policy { get; }

    public int[] Actions { get; }

    public double[] Rewards { get; }

    public bool[] Terminated { get; }

    public bool[] Truncated { get; }

    public IReadOnlyDictionary<int, JsonElement> Resets { get; }

    public static ulong? SeedOf(JsonElement reset)
    {
        var seed = reset.GetProperty("reset_seed");
        return seed.ValueKind == JsonValueKind.Null ? null : seed.GetUInt64();
    }

    /// <summary>File and index of every run of a kind, with a label that makes a failure readable.</summary>
    public static TheoryData<string, int, string> Cases(GoldenKind kind)
    {
        var data = new TheoryData<string, int, string>();
        foreach (var file in GoldenFiles.Of(kind))
        {
            var index = 0;
            foreach (var run in GoldenFiles.Open(file).GetProperty("runs").EnumerateArray())
            {
                data.Add(file, index++, $"seed {run.GetProperty("seed")}, {run.GetProperty("policy").GetString()}");
            }
        }

        return data;
    }

    public static GoldenRun Load(string file, int index) => new(GoldenFiles.Open(file).GetProperty("runs")[index]);
}
