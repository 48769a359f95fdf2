using DqnAspire.Agents.Presets;
using DqnAspire.Environments;

namespace DqnAspire.Cli.Training;

/// <summary>What <c>dqn train</c> is asked for.</summary>
internal sealed record TrainRequest
{
    /// <summary>The presets and algorithms that can be named.</summary>
    public required PresetCatalog Presets { get; init; }

    /// <summary>The environments that can be played.</summary>
    public required EnvironmentRegistry Environments { get; init; }

    /// <summary>The preset; null: the default one, or that of the run that is resumed.</summary>
    public string? Preset { get; init; }

    /// <summary>Changes to its settings, "Section:Key" to value.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Changes { get; init; }

    /// <summary>The seeds, a run each; empty: one run with the preset's seed.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Folder of runs that have no folder of their own.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>The run's own folder; null: a new one in <see cref="RunsFolder"/>.</summary>
    public string? RunFolder { get; init; }

    /// <summary>The run to resume: its folder, or its id in <see cref="RunsFolder"/>; null: new runs.</summary>
    public string? Resume { get; init; }

    /// <summary>How many runs are trained at the same time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Wall time after which each run is stopped, with a checkpoint; null: no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
