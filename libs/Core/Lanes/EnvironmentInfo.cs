namespace DqnAspire.Core.Lanes;

/// <summary>What an agent needs to know of an environment before it plays.</summary>
/// <param name="Id">Environment id, for example "CartPole-v1".</param>
/// <param name="ObservationSpace">What one lane's observation is.</param>
/// <param name="Actions">Number of actions.</param>
/// <param name="MaxEpisodeSteps">Steps after which an episode is truncated; 0: no limit.</param>
public sealed record EnvironmentInfo(string Id, ObservationSpace ObservationSpace, int Actions, int MaxEpisodeSteps);
