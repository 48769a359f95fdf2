using System.Globalization;
using System.IO.Compression;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// Rules over the memory of games recorded in the Arcade Learning Environment, against its reward, lives and end: the
/// file embedded here, and all files of GOLDEN_DIR/atari/traces that are about a game with a rule.
/// </summary>
[Trait("Category", "GoldenAtari")]
public sealed class TraceTests
{
    private const string Extension = ".csv.gz";

    public static TheoryData<string> Files =>
        [.. GoldenRules.Names.Concat(OnDisk()).Where(file => file.EndsWith(Extension, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void RewardLivesAndEnd_AreTheRecordedOnes(string file)
    {
        var trace = Trace.Read(file);
        if (trace.FrameSkip != 1)
        {
            Assert.Skip($"{file} records every {trace.FrameSkip}th frame; a rule needs all.");
        }

        var state = new GameState(trace.Rule!);
        state.Advance(trace.MemoryBefore);
        foreach (var row in trace.Rows)
        {
            // Nothing is emulated after the end.
            var wasTerminal = state.IsTerminal;
            if (!wasTerminal)
            {
                state.Advance(row.Memory);
            }

            Assert.Equal(
                (row.Frame, row.Reward, row.Lives, row.Terminal),
                (row.Frame, wasTerminal ? 0 : state.Reward, state.Lives, state.IsTerminal));
        }

        Assert.NotEmpty(trace.Rows);
    }

    [Fact]
    public void TheEmbeddedTrace_ReachesTheEndOfAGame() =>
        Assert.Contains(Trace.Read("tetris.lcg1_2000.csv.gz").Rows, row => row.Terminal);

    private static IEnumerable<string> OnDisk()
    {
        if (Environment.GetEnvironmentVariable("GOLDEN_DIR") is not { Length: > 0 } root)
        {
            return [];
        }

        var folder = new DirectoryInfo(Path.Combine(root, "atari", "traces"));
        return folder.Exists
            ? folder.EnumerateFiles("*" + Extension)
                .Select(file => file.FullName)
                .Where(Trace.HasRule)
                .Order(StringComparer.Ordinal)
            : [];
    }

    private sealed record Row(int Frame, int Reward, bool Terminal, int Lives, TestMemory Memory);

    private sealed record Trace(GameRule? Rule, int FrameSkip, TestMemory MemoryBefore, IReadOnlyList<Row> Rows)
    {
        public static bool HasRule(string file) => RuleOf([.. Lines(file).TakeWhile(IsComment)]) is not null;

        /// <summary>Reads a file: lines of comments, a line of column names, a line a frame.</summary>
        public static Trace Read(string file)
        {
            string[] lines = [.. Lines(file)];
            string[] comments = [.. lines.TakeWhile(IsComment)];
            var columns = lines[comments.Length].Split(',');
            var rows = lines.Skip(comments.Length + 1).Select(line => line.Split(',')).Select(cells => new Row(
                Number(cells[Array.IndexOf(columns, "frame")]),
                Number(cells[Array.IndexOf(columns, "reward")]),
                cells[Array.IndexOf(columns, "terminal")] == "1",
                Number(cells[Array.IndexOf(columns, "lives")]),
                MemoryOf(cells[Array.IndexOf(columns, "ram_hex")])));
            return new Trace(
                RuleOf(comments), Number(Value(comments, "frame_skip=")), MemoryOf(Value(comments, "ram=")), [.. rows]);
        }

        private static IEnumerable<string> Lines(string file)
        {
            using var raw = GoldenRules.Names.Contains(file) ? GoldenRules.Open(file) : File.OpenRead(file);
            using var reader = new StreamReader(new GZipStream(raw, CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                yield return line;
            }
        }

        private static bool IsComment(string line) => line.StartsWith('#');

        private static GameRule? RuleOf(string[] comments) =>
            GameCatalog.Default.Find(Value(comments, "md5="), "")?.Rule;

        /// <summary>
        /// The value of a key in the comments; the last one, which for the memory is that right before the first frame.
        /// </summary>
        private static string Value(string[] comments, string key) =>
            comments.SelectMany(line => line.Split(' '))
                .Last(word => word.StartsWith(key, StringComparison.Ordinal))[key.Length..];

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

        private static TestMemory MemoryOf(string hexadecimal)
        {
            var memory = new TestMemory();
            var address = 0x80;
            foreach (var value in Convert.FromHexString(hexadecimal))
            {
                memory[address++] = value;
            }

            return memory;
        }
    }
}
