namespace DqnAspire.Agents.Runs.Records;

/// <summary>A folder of parameters in a run's folder.</summary>
/// <param name="Folder">Relative to the run's, with slashes.</param>
/// <param name="Steps">Agent steps that it was made after.</param>
/// <param name="ValidationReturn">Its validation score, where it is known.</param>
public sealed record RecordedPolicy(string Folder, long Steps, double? ValidationReturn);
