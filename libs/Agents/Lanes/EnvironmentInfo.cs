namespace DqnAspire.Agents.Lanes;

/// <summary>What an agent needs to know of an environment before it plays.</summary>
/// <param name="Id">Environment id, for example "CartPole-v1".</param>
/// <param name="ObservationBytes">Bytes of one lane's observation.</param>
/// <param name="ObservationShape">Axes of one lane's observation.</param>
/// <param name="ElementBytes">Bytes of one element: 1 for bytes, 4 for float32 and int32.</param>
/// <param name="States">Number of states when the observation is one int32 index of a finite set, otherwise 0.</param>
/// <param name="Actions">Number of actions.</param>
/// <param name="MaxEpisodeSteps">Steps after which an episode is truncated; 0: no limit.</param>
public sealed record EnvironmentInfo(
    string Id,
    int ObservationBytes,
    IReadOnlyList<int> ObservationShape,
    int ElementBytes,
    int States,
    int Actions,
    int MaxEpisodeSteps);
