using DqnAspire.Agents.Training;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Tests;

public sealed class RunLogTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void ALine_IsTheRecordInSnakeCase()
    {
        var line = RunLog.Format(new LogRecord("episode", 3, 120)
        {
            Return = 7.5,
            Length = 40,
            Loss = double.NaN,
            ValidationReturn = 8,
            Epsilon = 0.25,
            ActionCounts = [30, 10],
            Elapsed = TimeSpan.FromMilliseconds(1234.5678),
        });

        Assert.Equal(
            """
            {"kind":"episode","index":3,"steps":120,"return":7.5,"length":40,"validation_return":8,"epsilon":0.25,
            "action_counts":[30,10],"seconds":1.235}
            """.ReplaceLineEndings(""),
            line);
    }

    [Fact]
    public void Records_AreReadBack_AndALineCutOffIsLeftOut()
    {
        var record =
            new LogRecord("episode", 1, 9) { Return = 1, ActionCounts = [4, 5], Elapsed = TimeSpan.FromSeconds(2) };
        File.WriteAllText(_path, $"{RunLog.Format(record)}\n{RunLog.Format(record)[..30]}");

        var read = Assert.Single(RunLog.Read(_path));

        Assert.Equal([4, 5], read.ActionCounts!);
        Assert.Equal(record with { ActionCounts = null }, read with { ActionCounts = null });
    }

    [Theory]
    [InlineData("{\"kind\":")]
    [InlineData("{}")]
    [InlineData("null")]
    public void DamageBeforeTheEnd_IsNamed(string damage)
    {
        File.WriteAllText(
            _path, $"{damage}\n{RunLog.Format(new LogRecord("episode", 1, 9) { Elapsed = TimeSpan.Zero })}\n");

        Assert.Contains(
            "line 1",
            Assert.Throws<InvalidDataException>(() => RunLog.Read(_path).ToList()).Message,
            StringComparison.Ordinal);
    }
}
