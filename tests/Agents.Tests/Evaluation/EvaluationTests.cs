using System.Buffers.Binary;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Policies;
using DqnAspire.Core;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Agents.Tests.Evaluation;

public sealed class EvaluationTests
{
    private static readonly Dictionary<string, string> Options = [];

    [Fact]
    public void Summary_IsComputedByHand()
    {
        // Returns 1, 2, 6: mean 3, squares 4 + 1 + 9 = 14, variance 14/2 = 7, error sqrt(7/3).
        EpisodeResult[] episodes = [Episode(2, 6, 5), Episode(0, 1, 3), Episode(1, 2, 4)];

        var summary = EvaluationSummary.Of(episodes, "CartPole-v1");

        Assert.Equal(3, summary.Episodes);
        Assert.Equal(3, summary.MeanReturn);
        Assert.Equal(Math.Sqrt(7.0 / 3), summary.StandardError, 12);
        Assert.Equal((1, 6), (summary.MinReturn, summary.MaxReturn));
        Assert.Equal(4, summary.MeanLength);
        Assert.Equal((2, 3), (summary.MedianReturn, summary.InterquartileMeanReturn));
        Assert.Null(summary.HumanNormalisedScore);
    }

    [Fact]
    public void Summary_OfOneEpisode_HasNoError() =>
        Assert.Equal(0, EvaluationSummary.Of([Episode(0, 7, 1)], "CartPole-v1").StandardError);

    [Fact]
    public void Summary_OfNothing_IsRefused() =>
        Assert.Throws<ArgumentException>(() => EvaluationSummary.Of([], "CartPole-v1"));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public async Task Episodes_DependOnTheirIndexAlone(double epsilon)
    {
        var policy = RightAndDown();

        var few = await Play(policy, new EvaluationProtocol(5, epsilon, Seed: 100, MaxSteps: 0));
        var many = await Play(policy, new EvaluationProtocol(40, epsilon, Seed: 100, MaxSteps: 0));

        Assert.Equal(Enumerable.Range(0, 40), many.Select(e => e.Index).Order());
        foreach (var episode in few)
        {
            var twin = many.Single(e => e.Index == episode.Index);
            Assert.Equal(
                (episode.Seed, episode.Return, episode.Length, episode.End),
                (twin.Seed, twin.Return, twin.Length, twin.End));
        }
    }

    [Fact]
    public async Task Episodes_AreThoseOfTheEnvironmentPlayedByHand()
    {
        var policy = RightAndDown();
        var episodes = await Play(policy, new EvaluationProtocol(30, 0, Seed: 9, MaxSteps: 0));

        foreach (var episode in episodes)
        {
            var environment = BuiltInEnvironments.Registry.Create("FrozenLake-v1");
            var observation = new byte[4];
            environment.Reset(episode.Seed, observation);
            var (sum, length) = (0.0, 0);
            StepResult step;
            do
            {
                step = environment.Step(
                    policy.BestAction(BinaryPrimitives.ReadInt32LittleEndian(observation)), observation);
                sum += step.Reward;
                length++;
            }
            while (!step.Ended);

            Assert.Equal((sum, length, step.Flags), (episode.Return, episode.Length, episode.End));
        }
    }

    [Fact]
    public async Task StepLimit_CutsEpisodesOff()
    {
        var episodes = await Play(RightAndDown(), new EvaluationProtocol(20, 0, Seed: 0, MaxSteps: 3));

        Assert.All(episodes, e => Assert.InRange(e.Length, 1, 3));
        Assert.Contains(episodes, e => e.Length == 3 && e.End == StepFlags.Truncated);
    }

    [Fact]
    public async Task PolicyOfAnotherEnvironment_IsRefused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => Play(new TablePolicy(16, 2), new EvaluationProtocol(1, 0, 0, 0)));

        Assert.Contains("table 16x2", error.Message, StringComparison.Ordinal);
        Assert.Contains("FrozenLake-v1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Protocol_SaysHowItWasPlayed()
    {
        Assert.Equal("greedy play, 20 episodes, reset seeds 5..24", new EvaluationProtocol(20, 0, 5, 0).ToString());
        Assert.Equal(
            "epsilon 0.05 play, 1 episodes, reset seeds 0..0, at most 9 steps each",
            new EvaluationProtocol(1, 0.05, 0, 9).ToString());
    }

    private static async Task<List<EpisodeResult>> Play(IPolicy policy, EvaluationProtocol protocol)
    {
        var episodes = new List<EpisodeResult>();
        var playing = Evaluator.PlayAsync(
            policy, new LocalLaneSource(BuiltInEnvironments.Registry), "FrozenLake-v1", Options, protocol,
            TestContext.Current.CancellationToken);
        await foreach (var episode in playing)
        {
            episodes.Add(episode);
        }

        return episodes;
    }

    private static EpisodeResult Episode(int index, double episodeReturn, int length) =>
        new(index, (ulong)index, episodeReturn, length, TimeSpan.Zero, StepFlags.Terminated);

    private static TablePolicy RightAndDown()
    {
        var policy = new TablePolicy(16, 4);
        for (var state = 0; state < 16; state++)
        {
            policy[state][1 + (state % 2)] = 1;
        }

        return policy;
    }
}
