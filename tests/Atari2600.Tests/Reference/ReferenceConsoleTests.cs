namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>The reference against recordings of ALE. Only this makes it a reference.</summary>
[Trait("Category", "GoldenAtari")]
public sealed class ReferenceConsoleTests
{
    private static readonly string? Folder =
        Environment.GetEnvironmentVariable("GOLDEN_DIR") is { Length: > 0 } root ? Path.Combine(root, "atari") : null;

    /// <summary>A theory must have a case; an empty name stands for there being no recordings.</summary>
    public static TheoryData<string> Traces =>
    [
        .. (Folder is null ? [] : Directory.EnumerateFiles(Path.Combine(Folder, "traces"), "*.csv.gz"))
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)
            .DefaultIfEmpty(""),
    ];

    [Theory]
    [MemberData(nameof(Traces))]
    public void EveryFrame_IsWhatAleRecorded(string file)
    {
        Assert.SkipWhen(Folder is null, "GOLDEN_DIR is not set: there are no recordings of ALE to compare with.");
        var trace = ReferenceTrace.Load(Path.Combine(Folder, "traces", file));
        var roms = ReferenceTrace.FilesByMd5(Path.Combine(Folder, "roms"));
        Assert.SkipUnless(roms.ContainsKey(trace.Md5), $"There is no cartridge with MD5 {trace.Md5} in {Folder}.");
        var console = new ReferenceConsole(File.ReadAllBytes(roms[trace.Md5]), trace.Scheme, trace.Options);

        Assert.NotEmpty(trace.States);
        Assert.NotEmpty(trace.Rows);
        foreach (var state in trace.States)
        {
            console.Reset();
            Assert.Equal(state, new ReferenceTrace.State(state.Name, ScreenHash(console), Ram(console)));
        }

        // ALE stands still after the end of a game.
        var over = false;
        foreach (var row in trace.Rows)
        {
            if (!over)
            {
                console.Step(row.Action);
            }

            Assert.Equal(row, new ReferenceTrace.Row(
                row.Frame, row.Action, row.Terminal, console.Scanlines, console.Cycles,
                ScreenHash(console), Ram(console)));
            over |= row.Terminal;
        }
    }

    /// <summary>64-bit FNV-1a.</summary>
    private static string ScreenHash(ReferenceConsole console)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var pixel in console.Screen)
        {
            hash = (hash ^ pixel) * 0x100000001B3;
        }

        return hash.ToString("x16", null);
    }

    private static string Ram(ReferenceConsole console) => Convert.ToHexStringLower(console.Ram);
}
