using DqnAspire.Core;

namespace DqnAspire.Replay;

/// <summary>One record without its observation: an episode's beginning, or a step.</summary>
/// <param name="Lane">0 .. <see cref="TableSpec.MaxLanes"/>-1.</param>
/// <param name="Action">The action taken; -1 for an episode's first record.</param>
/// <param name="Reward">Its reward, as the learner is to see it; 0 for an episode's first record.</param>
/// <param name="Flags">First for an episode's beginning; otherwise how the step ended.</param>
public readonly record struct StepRecord(int Lane, int Action, float Reward, StepFlags Flags);
