namespace DqnAspire.Core.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    public void Distance_IsLevenshteins(string from, string to, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(from, to));
        Assert.Equal(distance, Spelling.Distance(to, from));
    }

    [Fact]
    public void Nearest_IsTheNameWithAFewTypos_AndCapitalsDoNotCount()
    {
        string[] known = ["train", "runs", "presets"];

        Assert.Equal("train", Spelling.Nearest("TRAINN", known));
        Assert.Equal("runs", Spelling.Nearest("run", known));
        Assert.Null(Spelling.Nearest("xyzzy", known));
        Assert.Equal("; the nearest is presets", Spelling.NearestClause("pesets", known));
        Assert.Equal("", Spelling.NearestClause("q", ["something else"]));
    }

    /// <summary>A megabyte against a thousand names: only its beginning is looked at.</summary>
    [Fact]
    public void AWordOfAnyLength_TakesNoTime_AndIsCutWhereItIsRepeated()
    {
        var word = new string('a', 1 << 20);
        string[] known = [.. Enumerable.Range(0, 1000).Select(i => $"aaaaaaaaaaaaaaaa{i}")];
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Empty(Spelling.Similar(word, known, _ => 50));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1);
        Assert.Equal($"{new string('a', Spelling.MaxEchoed)}...", Spelling.Echo(word));
        Assert.Equal("a\\u001bb", Spelling.Echo("a\u001bb"));
    }
}
