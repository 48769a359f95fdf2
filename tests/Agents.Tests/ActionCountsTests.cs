using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Tests;

public sealed class ActionCountsTests
{
    [Fact]
    public void Counts_AreOfTheWindow_AndASnapshotStaysAsItIs()
    {
        var counts = new ActionCounts(3);
        counts.Add(2);
        counts.Add(0);
        counts.Add(2);
        var first = counts.Snapshot();

        counts.Reset();
        counts.Add(1);

        Assert.Equal([1, 0, 2], first);
        Assert.Equal([0, 1, 0], counts.Snapshot());
        Assert.Throws<IndexOutOfRangeException>(() => counts.Add(3));
    }
}
