using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Dqn.Recipes;
using DqnAspire.Agents.Presets;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Tests.Recipes;

/// <summary>
/// What each recipe makes of an ordinary, a terminal, a truncated and a terminal and truncated transition with reward
/// 2.
/// </summary>
public sealed class BellmanLabelsTests
{
    private const float G = 0.99f;

    [Theory]
    [InlineData("cartpole-dense", new[] { 2f, G, 2f, 0f, 2f, 0f, 2f, 0f })]
    [InlineData("pong-handson", new[] { 2f, G, 2f, 0f, 2f, 0f, 2f, 0f })]
    [InlineData("breakout-single-frame", new[] { 2f, G, 2f, 0f, 2f, G, 2f, 0f })]
    [InlineData("nature", new[] { 2f, G, 2f, 0f, 2f, G, 2f, 0f })]
    // Never masked.
    [InlineData("breakout-cropped", new[] { 2f, G, 2f, G, 2f, G, 2f, G })]
    // (r + gamma max Q) * (1 - done) - done.
    [InlineData("breakout-keras", new[] { 2f, G, -1f, 0f, 2f, G, -1f, 0f })]
    public void RewardsAndDiscounts(string preset, float[] expected)
    {
        var agent = ((DqnSettings)PresetCatalog.BuiltIn.Resolve(preset, [])).Agent;
        StepFlags[] flags =
            [StepFlags.None, StepFlags.Terminated, StepFlags.Truncated, StepFlags.Terminated | StepFlags.Truncated];
        // As a table gives them: nothing is bootstrapped after a termination.
        float[] discounts = [G, 0, G, 0];
        var batch = new TransitionBatch
        {
            Count = 4,
            States = default,
            NextStates = default,
            Actions = default,
            Rewards = new float[] { 2, 2, 2, 2 },
            Discounts = discounts,
            Flags = flags,
            Weights = default,
            Records = default,
        };
        var (rewards, resolved) = (new float[4], new float[4]);

        DeepQLearning.ResolveLabels(agent, RecipeRules.Create(agent.Rule), batch, rewards, resolved);

        Assert.Equal(expected, rewards.Zip(resolved).SelectMany(pair => new[] { pair.First, pair.Second }));
    }
}
