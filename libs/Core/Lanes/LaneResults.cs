namespace DqnAspire.Core.Lanes;

/// <summary>
/// The numbers of the last step, one of each a lane, in memory that is made once and overwritten by the next step.
/// Lanes may be set by several threads at once, each lane by one of them.
/// </summary>
/// <param name="lanes">Number of lanes.</param>
public sealed class LaneResults(int lanes)
{
    private readonly double[] _rewards = new double[lanes];
    private readonly double[] _learningRewards = new double[lanes];
    private readonly int[] _lives = new int[lanes];
    private readonly bool[] _livesLost = new bool[lanes];
    private readonly StepFlags[] _flags = new StepFlags[lanes];
    private readonly bool[] _gamesContinue = new bool[lanes];

    /// <summary>[lanes]: raw reward; 0 for an idle lane.</summary>
    public ReadOnlyMemory<double> Rewards => _rewards;

    /// <summary>
    /// [lanes]: reward to learn from, clipped where preprocessing says so, otherwise equal to the raw one.
    /// </summary>
    public ReadOnlyMemory<double> LearningRewards => _learningRewards;

    /// <summary>[lanes]: lives left, also when the step ended the episode; an idle lane keeps its number.</summary>
    public ReadOnlyMemory<int> Lives => _lives;

    /// <summary>[lanes]: whether a life was lost, be it the end of the episode or not.</summary>
    public ReadOnlyMemory<bool> LivesLost => _livesLost;

    /// <summary>[lanes]: how the step ended, if it ended anything.</summary>
    public ReadOnlyMemory<StepFlags> Flags => _flags;

    /// <summary>
    /// [lanes]: whether the step ended an episode but not its game, of which the episode was one life.
    /// </summary>
    public ReadOnlyMemory<bool> GamesContinue => _gamesContinue;

    /// <summary>Takes a lane's step.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="reward">Raw reward.</param>
    /// <param name="learningReward">Reward to learn from.</param>
    /// <param name="lives">Lives left.</param>
    /// <param name="lifeLost">Whether a life was lost.</param>
    /// <param name="flags">How the step ended.</param>
    /// <param name="gameContinues">Whether it ended an episode but not its game.</param>
    public void Set(
        int lane,
        double reward,
        double learningReward,
        int lives,
        bool lifeLost,
        StepFlags flags,
        bool gameContinues = false)
    {
        _rewards[lane] = reward;
        _learningRewards[lane] = learningReward;
        _lives[lane] = lives;
        _livesLost[lane] = lifeLost;
        _flags[lane] = flags;
        _gamesContinue[lane] = gameContinues;
    }

    /// <summary>The lane was left as it is: reward 0, no flags, its lives unchanged.</summary>
    /// <param name="lane">The lane.</param>
    public void SetIdle(int lane) => Set(lane, 0, 0, _lives[lane], lifeLost: false, StepFlags.None);
}
