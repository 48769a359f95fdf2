using DqnAspire.Agents.Evaluation;
using DqnAspire.Core;
using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;

namespace DqnAspire.Play.Tests.Games;

public sealed class GameTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cartpole-dense", 0.0)]
    [InlineData("cartpole-dense", 0.3)]
    [InlineData("nature", 0.05)]
    [InlineData("volley", 0.05)]
    public async Task Episodes_AreThoseOfAnEvaluation(string preset, double epsilon)
    {
        string[] changes = preset == "nature" ? ["Environment:Id=BricksNoFrameskip-v4"] : [];
        var policy = await TestPolicies.CreateAsync(preset, changes);
        var (id, options) = (policy.Info.EnvironmentId, policy.Info.Options);
        var expected = new List<EpisodeResult>();
        using (var lease = policy.Rent())
        {
            var protocol = new EvaluationProtocol(3, epsilon, 7, MaxSteps: 200);
            await foreach (var episode in Evaluator.PlayAsync(
                lease.Policy, TestPolicies.Lanes, id, options, protocol, Cancel))
            {
                expected.Add(episode);
            }
        }

        var settings = new GameSettings(id, options, 7) { Epsilon = epsilon, MaxSteps = 200, IsFilmed = true };
        await using var game = await Game.OpenAsync(TestPolicies.Lanes, settings, policy, Cancel);
        foreach (var episode in expected.OrderBy(e => e.Index))
        {
            GameStep step;
            do
            {
                step = await game.StepAsync(action: null, Cancel);
                Assert.NotEqual(0, step.Film!.Count);
            }
            while (!game.IsOver);

            Assert.Equal((episode.Index, episode.Return, episode.Length), (step.Episode, step.Return, step.Index + 1));
            Assert.Equal(episode.End, step.End);
            await game.NextEpisodeAsync(Cancel);
        }
    }

    [Fact]
    public async Task ADistribution_HasTheValuesAsItsMeans()
    {
        var policy = await TestPolicies.CreateAsync("rainbow", "Environment:Id=BricksNoFrameskip-v4");
        var settings = new GameSettings(policy.Info.EnvironmentId, policy.Info.Options, 1);
        await using var game = await Game.OpenAsync(TestPolicies.Lanes, settings, policy, Cancel);

        var decision = game.Think();

        const int Atoms = 51;
        Assert.Equal(decision.ActionValues.Length * Atoms, decision.Distributions.Length);
        for (var action = 0; action < decision.ActionValues.Length; action++)
        {
            var probabilities = decision.Distributions.AsSpan(action * Atoms, Atoms).ToArray();
            Assert.Equal(1, probabilities.Sum(), 1e-4);
            var mean = probabilities.Select((p, atom) => p * (-10 + (20.0 * atom / (Atoms - 1)))).Sum();
            Assert.Equal(mean, decision.ActionValues[action], 1e-3);
        }

        Assert.Equal(decision.ActionValues.Max(), decision.Value);
    }

    [Fact]
    public async Task APersonsAction_IsTaken_AndThePolicysOpinionKept()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");
        await using var game = await Game.OpenAsync(
            TestPolicies.Lanes, new GameSettings("CartPole-v1", policy.Info.Options, 1), policy, Cancel);
        var opinion = game.Think();

        var step = await game.StepAsync(1 - opinion.Greedy, Cancel);

        Assert.Equal((1 - opinion.Greedy, opinion.Greedy), (step.Decision.Action, step.Decision.Greedy));
        Assert.Equal(opinion.ActionValues, step.Decision.ActionValues);
    }

    [Fact]
    public async Task APolicyOfAnotherEnvironment_IsRefused_AndBothAreNamed()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");
        var settings = new GameSettings("FrozenLake-v1", new Dictionary<string, string>(), 1);

        var refused = await Assert.ThrowsAsync<PolicyException>(() =>
            Game.OpenAsync(TestPolicies.Lanes, settings, policy, Cancel));

        Assert.Contains("CartPole-v1", refused.Message);
        Assert.Contains("FrozenLake-v1", refused.Message);
    }

    [Fact]
    public async Task AnEpisodeThatIsOver_TakesNoStep()
    {
        var settings = new GameSettings("CartPole-v1", new Dictionary<string, string>(), 1) { MaxSteps = 1 };
        await using var game = await Game.OpenAsync(TestPolicies.Lanes, settings, policy: null, Cancel);

        Assert.Equal(StepFlags.Truncated, (await game.StepAsync(0, Cancel)).End);

        await Assert.ThrowsAsync<InvalidOperationException>(() => game.StepAsync(0, Cancel));
    }
}
