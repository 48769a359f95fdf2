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

    /// <summary>Preset of the run that is started with the service; empty: the service waits for Start.</summary>
    public string Preset { get; set; } = "";

    /// <summary>Changes to that preset's settings, each "Section:Key=value".</summary>
    public string[] Settings { get; set; } = [];
}
