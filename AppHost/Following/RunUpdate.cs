using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.AppHost.Following;

/// <summary>Where a run stands, as far as is known.</summary>
/// <param name="Progress">The learner's last word; null: it has not said anything yet.</param>
/// <param name="Silence">Time since then, or since the following began.</param>
internal sealed record RunUpdate(Progress? Progress, TimeSpan Silence)
{
    /// <summary>Silence after which the display says which service it waits for.</summary>
    private static readonly TimeSpan Notable = TimeSpan.FromSeconds(10);

    /// <summary>Whether the run has ended.</summary>
    public bool HasEnded => Progress?.State is RunState.Solved or RunState.Unsolved or RunState.Stopped or RunState.Failed;

    /// <summary>Whether the learner has been silent for so long that it should be said.</summary>
    public bool IsSilent => Silence >= Notable;
}
