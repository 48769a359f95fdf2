namespace DqnAspire.Core.Lanes;

/// <summary>
/// What happened within a reset, between its begin and its first observation: in no-op starts, presses of FIRE, and the
/// step that goes on with a game after a lost life. Rewards are raw.
/// </summary>
/// <param name="Reward">Rewards of the game whose observation the reset gives; they belong to its return.</param>
/// <param name="EndedGames">Games that ended within the reset.</param>
/// <param name="EndedReward">
/// Rewards of those games within the reset; of a game that an agent had played, the last part of its return.
/// </param>
public readonly record struct ResetEvents(double Reward, int EndedGames, double EndedReward)
{
    /// <summary>Whether anything happened that somebody may want to count.</summary>
    public bool IsEmpty => this == default;

    /// <summary>These events and the next step of the reset.</summary>
    /// <param name="reward">The step's raw reward.</param>
    /// <param name="endsGame">Whether the step ended the game.</param>
    public ResetEvents WithStep(double reward, bool endsGame) => endsGame
        ? new ResetEvents(0, EndedGames + 1, EndedReward + Reward + reward)
        : this with { Reward = Reward + reward };

    /// <summary>These events and those of a reset that was made within the reset after them.</summary>
    /// <param name="inner">What happened within that reset.</param>
    public ResetEvents WithReset(in ResetEvents inner) => inner.EndedGames > 0
        ? new ResetEvents(inner.Reward, EndedGames + inner.EndedGames, EndedReward + Reward + inner.EndedReward)
        : this with { Reward = Reward + inner.Reward };
}
