namespace DqnAspire.Environments.ToyText;

/// <summary>One possible outcome of an action in a state.</summary>
/// <param name="Probability">How likely it is.</param>
/// <param name="NextState">The state it leads to.</param>
/// <param name="Reward">What it earns: 1 on reaching the goal, otherwise 0.</param>
/// <param name="Terminated">Whether it ends the episode.</param>
public readonly record struct FrozenLakeTransition(double Probability, int NextState, double Reward, bool Terminated);
