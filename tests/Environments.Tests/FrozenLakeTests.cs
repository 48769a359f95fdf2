using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.ToyText;

namespace DqnAspire.Environments.Tests;

public sealed class FrozenLakeTests
{
    [Fact]
    public void Walk_OverOwnMap_ByHand()
    {
        var lake = new FrozenLake(new FrozenLakeMap("SF", "HG"), slippery: false);
        var bytes = new byte[4];
        lake.Reset(0, bytes);
        Assert.Equal(new StepResult(0, StepFlags.None), lake.Step(3, bytes));
        Assert.Equal(0, lake.State);
        Assert.Equal(new StepResult(0, StepFlags.None), lake.Step(2, bytes));
        Assert.Equal(1, lake.State);
        Assert.Equal(new StepResult(1, StepFlags.Terminated), lake.Step(1, bytes));
        Assert.Equal(3, BitConverter.ToInt32(bytes));
        Assert.Throws<InvalidOperationException>(() => lake.Step(0, bytes));

        lake.Reset(null, bytes);
        Assert.Equal(new StepResult(0, StepFlags.Terminated), lake.Step(1, bytes));
        Assert.Equal(2, lake.State);
    }

    [Fact]
    public void SuccessRate_IsTheChanceOfTheMeantDirection()
    {
        var lake = new FrozenLake(FrozenLakeMap.FourByFour, slippery: true, successRate: 0.5);
        Assert.Equal(
            [new(0.25, 0, 0, false), new(0.5, 4, 0, false), new(0.25, 1, 0, false)],
            lake.Transitions(0, 1));
    }

    [Fact]
    public void SeveralStarts_AreEquallyLikely()
    {
        var lake = new FrozenLake(new FrozenLakeMap("SFS", "FGF"));
        Assert.Equal([0.5, 0, 0.5, 0, 0, 0], lake.StartProbabilities);
        var bytes = new byte[4];
        lake.Reset(3, bytes);
        var seen = new HashSet<int>();
        for (var i = 0; i < 40; i++)
        {
            seen.Add(lake.State);
            lake.Reset(null, bytes);
        }

        Assert.Equal([0, 2], seen.Order());
    }

    [Theory]
    [InlineData("SF/H", "Row 1 has 1 cells, row 0 has 2")]
    [InlineData("SF/HX", "Row 1, column 1 is 'X'")]
    [InlineData("FF/HG", "no start S")]
    [InlineData("SF//HG", "Row 1 has 0 cells")]
    public void Desc_ThatIsNoMap_SaysWhere(string desc, string expected)
    {
        var exception = Assert.Throws<EnvironmentOptionException>(() =>
            BuiltInEnvironments.Registry.Create("FrozenLake-v1", new Dictionary<string, string> { ["desc"] = desc }));
        Assert.Equal("desc", exception.Option);
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public void Options_ChooseTheMap()
    {
        Assert.Equal(16, States("FrozenLake-v1", []));
        Assert.Equal(64, States("FrozenLake8x8-v1", []));
        Assert.Equal(64, States("FrozenLake-v1", new() { ["map_name"] = "8x8" }));
        Assert.Equal(6, States("FrozenLake-v1", new() { ["desc"] = "SFF,FFG" }));
        Assert.Equal(25, States("FrozenLake-v1", new() { ["map_name"] = "random", ["random_size"] = "5" }));

        static int States(string id, Dictionary<string, string> options) =>
            BuiltInEnvironments.Registry.Create(id, options).ObservationSpace.States;
    }

    [Fact]
    public void RandomMap_ThatNeverHasAWay_EndsWithAnError()
    {
        Assert.Throws<InvalidOperationException>(() => FrozenLakeMap.Random(20, 0.01, new Pcg64(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrozenLakeMap.Random(1, 0.5, new Pcg64(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrozenLakeMap.Random(4, 0, new Pcg64(0)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void SuccessRate_OutsideZeroToOne_IsRefused(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new FrozenLake(FrozenLakeMap.FourByFour, true, rate));
        Assert.Equal("successRate", error.ParamName);
    }
}
