using System.Globalization;

namespace DqnAspire.Play.Policies;

/// <summary>What a policy is, and what it was trained to play.</summary>
/// <param name="RunId">The run that trained it; empty for a file outside a run's folder.</param>
/// <param name="Label">Which of the run's policies, for people: "best", "step 40,000".</param>
/// <param name="Steps">Agent steps that it was made after.</param>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="Options">The environment's options in training.</param>
public sealed record PolicyInfo(
    string RunId, string Label, long Steps, string EnvironmentId, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Its validation score, where it is known.</summary>
    public double? ValidationReturn { get; init; }

    /// <summary>Version of the parameters where a learner gave them; 0 for a file.</summary>
    public long Version { get; init; }

    /// <summary>Folder of the run, where there is one.</summary>
    public string? RunFolder { get; init; }

    /// <summary>The file of the parameters, where there is one.</summary>
    public string? Path { get; init; }

    /// <summary>The label of a policy that is named by its steps.</summary>
    public static string LabelOf(long steps) => $"step {steps.ToString("N0", CultureInfo.InvariantCulture)}";
}
