using DqnAspire.AtariTraces.Comparison;
using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;

namespace DqnAspire.AtariTraces.Tests;

/// <summary>
/// Whatever was recorded is played again: picture, memory, counters, reward, end and lives of every frame.
/// </summary>
[Trait("Category", "GoldenAtari")]
public sealed class GoldenTraceTests
{
    public static TheoryData<string> Traces => [.. GoldenAtari.Traces];

    public static TheoryData<string> EmbeddedTraces => [.. GoldenAtari.EmbeddedTraces];

    [Theory]
    [MemberData(nameof(Traces))]
    public void Trace_IsReproduced(string file)
    {
        var trace = GoldenAtari.Read(file);
        var game = new TraceRecorder(GoldenAtari.CartridgeOf(trace).Bytes, TraceSetup.Of(trace.Header));

        var difference = TraceComparison.FirstDifference(trace, game, new RecordedActions(trace), trace.Rows.Length);

        Assert.True(difference is null, difference?.ToString());
        Assert.Equal(trace.Header.Frames, trace.Rows.Length);
    }

    /// <summary>A trace that we write is the file itself, header and all; its actions come from the script.</summary>
    [Theory]
    [MemberData(nameof(EmbeddedTraces))]
    public void Trace_IsWrittenByteForByte(string file)
    {
        var trace = GoldenAtari.Read(file);
        var header = trace.Header;
        var cartridge = GoldenAtari.CartridgeOf(trace);
        var script = ActionScript.Parse(
            header.Script == ActionScript.Lcg ? $"{ActionScript.Lcg}{header.Seed}" : header.Script, header.Hold);
        var game = new TraceRecorder(cartridge.Bytes, TraceSetup.Of(header));
        using var text = new StringWriter();
        var writer = new TraceWriter(text);

        writer.Write(game.Describe(header.Rom, script, header.Frames));
        for (var frame = 0; frame < header.Frames; frame++)
        {
            writer.Write(game.Act(script.Next()));
        }

        Assert.Equal(GoldenAtari.Text(file), text.ToString());
    }

    [Fact]
    public void EmbeddedTraces_CoverEveryEmbeddedCartridge()
    {
        var played = GoldenAtari.Traces.Select(file => GoldenAtari.Read(file).Header.Md5).ToHashSet();

        Assert.NotEmpty(Cartridges.VerificationCartridges.All);
        Assert.All(Cartridges.VerificationCartridges.All, image => Assert.Contains(image.Checksum, played));
    }
}
