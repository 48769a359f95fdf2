namespace DqnAspire.Environments.ClassicControl;

/// <summary>CartPole as Gymnasium registers it.</summary>
public static class CartPoleDefinition
{
    private const string SuttonBartoReward = "sutton_barto_reward";

    /// <summary>CartPole-v1.</summary>
    public static EnvironmentDefinition CartPoleV1 { get; } = new(
        "CartPole-v1",
        "Keep a pole upright on a cart by pushing the cart left and right.",
        options => new CartPole(options.GetBoolean(SuttonBartoReward)))
    {
        MaxEpisodeSteps = 500,
        RewardThreshold = 475,
        Options = [new(SuttonBartoReward, "false", "true: reward 0 a step and -1 at the end; false: 1 a step.")],
    };
}
