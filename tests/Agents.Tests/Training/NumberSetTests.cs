using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Tests.Training;

public sealed class NumberSetTests
{
    [Fact]
    public void Values_ComeInTheOrderOfDeclaration_WhateverTheOrderOfSetting()
    {
        var set = NumberSet.Empty.With(TrainingNumbers.Seconds, 3).With(TrainingNumbers.Steps, 1)
            .With(TrainingNumbers.Loss, 2);

        Assert.Equal(["steps", "loss", "seconds"], set.Select(pair => pair.Key.Name));
        Assert.Equal([1.0, 2, 3], set.Select(pair => pair.Value));
    }

    [Fact]
    public void ANumber_IsReplacedAndTakenOut_AndTheFirstSetStays()
    {
        var first = NumberSet.Empty.With(TrainingNumbers.Loss, 2);

        Assert.Equal(5, first.With(TrainingNumbers.Loss, 5)[TrainingNumbers.Loss]);
        Assert.Empty(first.With(TrainingNumbers.Loss, null));
        Assert.Equal(2, first[TrainingNumbers.Loss]);
        Assert.Null(first[TrainingNumbers.Steps]);
    }

    [Fact]
    public void Sets_AreEqualByValue_NaNIncluded()
    {
        var one = NumberSet.Empty.With(TrainingNumbers.Loss, double.NaN).With(TrainingNumbers.Named("own"), 1);
        var other = NumberSet.Empty.With(TrainingNumbers.Named("own"), 1).With(TrainingNumbers.Loss, double.NaN);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, other.With(TrainingNumbers.Named("own"), 2));
    }

    [Fact]
    public void AnAlgorithmsOwnNumber_IsInProgressAndCheckpoint()
    {
        var norm = new TrainingNumber("gradient_norm", "", "Norm of the gradient.");
        var statistics = new TrainingStatistics(new RunSection());
        statistics.Report(norm, 0.5);

        var restored = new TrainingStatistics(new RunSection());
        restored.Restore(statistics.Save());

        Assert.Equal(0.5, statistics.Snapshot().Numbers[norm]);
        Assert.Equal(0.5, restored.Snapshot().Numbers[norm]);
    }

    [Fact]
    public void EveryNumber_HasItsOwnNameInSnakeCase()
    {
        Assert.Equal(TrainingNumbers.All.Count, TrainingNumbers.All.Select(number => number.Name).Distinct().Count());
        Assert.All(TrainingNumbers.All, number => Assert.Matches("^[a-z][a-z0-9_]*$", number.Name));
        Assert.All(TrainingNumbers.All, number => Assert.NotEmpty(number.Description));
    }
}
