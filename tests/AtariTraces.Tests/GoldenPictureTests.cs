using System.IO.Compression;
using System.Text.RegularExpressions;
using DqnAspire.Atari2600;
using DqnAspire.AtariTraces.Recording;

namespace DqnAspire.AtariTraces.Tests;

/// <summary>
/// Pictures of GOLDEN_DIR/atari/frames, named <c>TRACE.FRAME.idx.gz</c>: each pixel is the recorded one.
/// </summary>
[Trait("Category", "GoldenAtari")]
public sealed partial class GoldenPictureTests
{
    /// <summary>A theory must have a case; an empty name stands for "there are none".</summary>
    public static TheoryData<string> Pictures => [.. GoldenAtari.Pictures.DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_IsReproduced(string file)
    {
        if (file.Length == 0)
        {
            Assert.Skip("Pictures are read from GOLDEN_DIR/atari/frames, and there are none.");
        }

        var name = FileName().Match(Path.GetFileName(file));
        Assert.True(name.Success, $"{file} is not named after a trace and a frame.");
        var source = GoldenAtari.Traces.FirstOrDefault(
            trace => Path.GetFileName(trace).StartsWith($"{name.Groups["trace"].Value}.csv", StringComparison.Ordinal));
        if (source is null)
        {
            Assert.Skip($"There is no trace {name.Groups["trace"].Value}.");
        }

        var trace = GoldenAtari.Read(source);
        var game = new TraceRecorder(GoldenAtari.CartridgeOf(trace).Bytes, TraceSetup.Of(trace.Header));
        foreach (var row in trace.Rows.Take(int.Parse(name.Groups["frame"].Value) + 1))
        {
            game.Act(row.Action);
        }

        var recorded = Unpack(file);
        var ours = game.Console.Screen;
        Assert.Equal(recorded.Length, ours.Length);
        var first = ours.CommonPrefixLength(recorded);
        Assert.True(
            first == recorded.Length,
            first == recorded.Length
                ? null
                : $"row {first / AtariConsole.Width}, column {first % AtariConsole.Width}: "
                    + $"recorded {recorded[first]}, ours {ours[first]}");
    }

    private static byte[] Unpack(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex(@"^(?<trace>.+)\.(?<frame>\d+)\.idx\.gz\z")]
    private static partial Regex FileName();
}
