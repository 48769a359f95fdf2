namespace DqnAspire.EvalService;

/// <summary>Settings of the service.</summary>
public sealed class EvalOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Eval";

    /// <summary>Folder of the runs, whose policies are played also when the learner is not there.</summary>
    public string RunsDirectory { get; set; } = "runs";

    /// <summary>Whether there is a learner; without one, policies come from files alone.</summary>
    public bool HasLearner { get; set; } = true;

    /// <summary>
    /// The policy that the page shows first, as PolicyReference reads it; empty: the newest of the current run.
    /// </summary>
    public string Show { get; set; } = "";
}
