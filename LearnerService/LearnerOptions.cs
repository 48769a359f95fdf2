using System.ComponentModel.DataAnnotations;

namespace DqnAspire.LearnerService;

/// <summary>Settings of the service itself, section "Learner"; those of a run belong to its preset.</summary>
public sealed class LearnerOptions
{
    /// <summary>Folder in which every run gets a folder of its own.</summary>
    [Required]
    public string RunsDirectory { get; set; } = "runs";

    /// <summary>The first run's own folder; empty: one in <see cref="RunsDirectory"/>.</summary>
    public string RunDirectory { get; set; } = "";

    /// <summary>The first run's id; empty: made of preset, seed and time.</summary>
    public string RunId { get; set; } = "";

    /// <summary>
    /// Resume the run in <see cref="RunDirectory"/> when there is one. One that has ended solved or unsolved is shown
    /// and its parameters are published. Without a run there, one is started. A run that is resumed keeps its preset
    /// and settings; of <see cref="Settings"/> only those count that may be changed then.
    /// </summary>
    public bool Resume { get; set; }

    /// <summary>Preset of the run that is started with the service; empty: the service waits for Start.</summary>
    public string Preset { get; set; } = "";

    /// <summary>Changes to that preset's settings, each "Section:Key=value".</summary>
    public string[] Settings { get; set; } = [];

    /// <summary>Seconds that a run, or its evaluation, waits for a service that went away before it fails.</summary>
    [Range(0, 86_400)]
    public double ServicePatienceSeconds { get; set; } = 60;

    /// <summary>
    /// Seconds that a run may take for its last step and checkpoint when it is stopped; then it ends without them.
    /// </summary>
    [Range(0, 3600)]
    public double StopGraceSeconds { get; set; } = 6;
}
