using DqnAspire.Core;
using DqnAspire.Core.Replay;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

/// <summary>What a buffer shows as a batch.</summary>
public sealed class BatchTests
{
    [Fact]
    public void StatesAndNextStates_AreViewsOfOneWindow()
    {
        var table = new ReplayTable(new TableSpec(2, 10) { MaxStack = 2 });
        table.Append(
            [First(0), new StepRecord(0, 5, 1, StepFlags.None), new StepRecord(0, 6, 2, StepFlags.Terminated)],
            [1, 10, 2, 20, 3, 30]);
        var spec = new TransitionSpec { Stack = 2, Padding = StackPadding.Zero, Discount = 0.5 }.WithSmallestLayout();
        var buffer = new TransitionBuffer(2, 2, spec);

        new TransitionView(table, spec).Read([0, 1], buffer);
        var batch = buffer.AsBatch(withWeights: false);

        Assert.Equal(BatchLayout.Window, spec.Layout);
        Assert.Equal((2, 4, 6), (batch.States.Count, batch.States.RowBytes, batch.States.Stride));
        Assert.Equal([0, 0, 1, 10], batch.States[0].ToArray());
        Assert.Equal([1, 10, 2, 20], batch.NextStates[0].ToArray());
        Assert.Equal([1, 10, 2, 20], batch.States[1].ToArray());
        Assert.Equal([2, 20, 3, 30], batch.NextStates[1].ToArray());
        Assert.Equal([5, 6], batch.Actions.ToArray());
        Assert.Equal([1, 2], batch.Rewards.ToArray());
        Assert.Equal([0.5f, 0], batch.Discounts.ToArray());
        Assert.Equal([StepFlags.None, StepFlags.Terminated], batch.Flags.ToArray());
        Assert.Equal([1, 2], batch.Records.ToArray());
        Assert.True(batch.Weights.IsEmpty);
        // The views show the buffer itself.
        buffer.Observations[0] = 7;
        Assert.Equal(7, batch.States[0][0]);
    }

    [Theory]
    [InlineData(1, 1, BatchLayout.Separate)]
    [InlineData(4, 1, BatchLayout.Window)]
    [InlineData(4, 3, BatchLayout.Separate)]
    public void TheSmallestLayout_IsAWindow_WhereStatesOverlap(int stack, int steps, BatchLayout layout) =>
        Assert.Equal(layout, new TransitionSpec { Stack = stack, Steps = steps }.WithSmallestLayout().Layout);
}
