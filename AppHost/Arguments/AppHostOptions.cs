namespace DqnAspire.AppHost.Arguments;

/// <summary>What the command line asks for; the default is what runs when it asks for nothing.</summary>
public sealed record AppHostOptions
{
    /// <summary>The preset to train; null: the default one, or that of the run that is resumed.</summary>
    public string? Preset { get; init; }

    /// <summary>Changes to its settings, each "Section:Key=value".</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Whether the system stops when the run has ended.</summary>
    public bool UntilDone { get; init; }

    /// <summary>Whether there is no dashboard.</summary>
    public bool Headless { get; init; }

    /// <summary>The run's own folder; null: a new one in <c>runs/</c>.</summary>
    public string? RunDirectory { get; init; }

    /// <summary>The run to resume: its folder, or its id in <c>runs/</c>; null: a new run.</summary>
    public string? Resume { get; init; }

    /// <summary>
    /// The policy to show instead of training: a run, a folder or a file, as PolicyReference reads it; null: train.
    /// </summary>
    public string? Show { get; init; }

    /// <summary>Added to every port, so that two systems can run on one machine.</summary>
    public int PortOffset { get; init; }

    /// <summary>Whether experience is kept in Redis rather than in files.</summary>
    public bool UsesRedis { get; init; }

    /// <summary>
    /// The connection string of the Redis to use, or <c>@</c> and the path of a file that holds it; null: that of the
    /// environment, or else this system starts its own.
    /// </summary>
    public string? Redis { get; init; }
}
