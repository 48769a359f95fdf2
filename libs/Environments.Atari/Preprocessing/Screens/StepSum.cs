namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>Several inner steps reported as one: rewards are summed, of the rest the last step counts.</summary>
internal struct StepSum
{
    private StepResult _sum;

    /// <summary>Adds the next inner step.</summary>
    public void Add(in StepResult step) => _sum = step with
    {
        Reward = _sum.Reward + step.Reward,
        LearningReward = _sum.LearningReward + step.LearningReward,
        LifeLost = _sum.LifeLost | step.LifeLost,
    };

    /// <summary>The sum so far.</summary>
    public readonly StepResult Result => _sum;
}
