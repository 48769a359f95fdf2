namespace DqnAspire.Environments.Atari.Rules;

/// <summary>What a game's reward is. The reward's formula says it exactly; this is for reports.</summary>
public enum RewardKind
{
    /// <summary>Points won since the last frame; negative when the score fell.</summary>
    ScoreDelta,

    /// <summary>Points lost since the last frame.</summary>
    NegatedScoreDelta,

    /// <summary>Points won, with the score's roll-over undone.</summary>
    ScoreDeltaWrapped,

    /// <summary>Points won, kept within bounds.</summary>
    ScoreDeltaClamped,

    /// <summary>Points won; the last value stays while a condition fails.</summary>
    ScoreDeltaGated,

    /// <summary>Given for what happens, not for points.</summary>
    Event,
}
