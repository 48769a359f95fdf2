using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Runs.Tests;

public sealed class FinalEvaluationSeedTests
{
    [Fact]
    public void RunsOfAdjacentSeeds_ShareNoEpisodeOfTheirEvaluations()
    {
        var seeds = Enumerable.Range(0, 200).SelectMany(seed =>
        {
            var run = new RunSection { Seed = (ulong)seed, FinalEvaluationEpisodes = 100 };
            var first = EvaluationProtocol.AfterTraining(run).Seed;
            return Enumerable.Range(0, 100).Select(i => first + (ulong)i);
        });

        Assert.Equal(200 * 100, seeds.Distinct().Count());
        Assert.Equal(
            1234UL,
            EvaluationProtocol.AfterTraining(
                new RunSection { FinalEvaluationEpisodes = 1, FinalEvaluationSeed = 1234 }).Seed);
    }
}
