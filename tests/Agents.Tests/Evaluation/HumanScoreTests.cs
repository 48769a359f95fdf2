using DqnAspire.Agents.Evaluation.HumanScores;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Agents.Tests.Evaluation;

public sealed class HumanScoreTests
{
    [Fact]
    public void AllOf57Games_AreThere_AndPlayedByEnvironmentsOfEveryName()
    {
        Assert.Equal(57, HumanScoreTable.Games.Count);
        var found = BuiltInEnvironments.Registry.Definitions
            .Select(d => HumanScoreTable.Find(d.Id))
            .OfType<HumanScore>()
            .CountBy(score => score.Game)
            .ToDictionary();

        Assert.Equal(57, found.Count);
        Assert.All(found, game => Assert.Equal(7, game.Value));
    }

    [Theory]
    [InlineData("PongNoFrameskip-v4", "pong", -20.7, 14.6)]
    [InlineData("ALE/SpaceInvaders-v5", "space_invaders", 148.0, 1668.7)]
    public void Scores_AreThePublishedOnes(string id, string game, double random, double human) =>
        Assert.Equal(new HumanScore(game, random, human), HumanScoreTable.Find(id));

    [Theory]
    [InlineData("BricksNoFrameskip-v4")]
    [InlineData("CartPole-v1")]
    [InlineData("Pong")]
    public void OtherEnvironments_HaveNone(string id) => Assert.Null(HumanScoreTable.Find(id));

    [Fact]
    public void Normalised_RandomIsZeroAndHumanIsOne()
    {
        var pong = HumanScoreTable.Find("Pong-v4")!;

        Assert.Equal(0, pong.Normalise(-20.7));
        Assert.Equal(1, pong.Normalise(14.6));
        Assert.Equal((21 + 20.7) / 35.3, pong.Normalise(21), 12);
    }
}
