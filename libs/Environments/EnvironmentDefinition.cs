namespace DqnAspire.Environments;

/// <summary>An environment by name: what it is called, what it can be told, how a copy is made.</summary>
public sealed class EnvironmentDefinition
{
    private const string MaxEpisodeStepsOption = "max_episode_steps";

    private readonly Func<EnvironmentOptions, IEnvironment> _create;
    private readonly Func<string?>? _findProblem;
    private readonly Func<string?>? _findWarning;

    /// <summary>Defines an environment.</summary>
    /// <param name="id">The id as Gymnasium spells it.</param>
    /// <param name="description">One line for people.</param>
    /// <param name="maxEpisodeSteps">Steps after which a <see cref="TimeLimit"/> truncates; 0 for none.</param>
    /// <param name="rewardThreshold">Mean return at which it counts as solved; null when there is no such number.</param>
    /// <param name="options">Its own options; the time limit is an option of every environment.</param>
    /// <param name="create">Makes a copy, without the time limit, from valid option names and unchecked values.</param>
    /// <param name="findProblem">Says why no copy can be made on this machine, or null; null when that cannot happen.</param>
    /// <param name="findWarning">Says what is doubtful about copies made on this machine, or null; null when nothing can be.</param>
    public EnvironmentDefinition(
        string id,
        string description,
        int maxEpisodeSteps,
        double? rewardThreshold,
        IEnumerable<EnvironmentOption> options,
        Func<EnvironmentOptions, IEnvironment> create,
        Func<string?>? findProblem = null,
        Func<string?>? findWarning = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentOutOfRangeException.ThrowIfNegative(maxEpisodeSteps);
        Id = id;
        Description = description;
        RewardThreshold = rewardThreshold;
        Options =
        [
            .. options,
            new(MaxEpisodeStepsOption, $"{maxEpisodeSteps}", "Steps after which an episode is truncated; 0 for no limit."),
        ];
        _create = create;
        _findProblem = findProblem;
        _findWarning = findWarning;
    }

    /// <summary>The id as Gymnasium spells it.</summary>
    public string Id { get; }

    /// <summary>One line for people.</summary>
    public string Description { get; }

    /// <summary>Mean return at which it counts as solved; null when there is no such number.</summary>
    public double? RewardThreshold { get; }

    /// <summary>Its options.</summary>
    public IReadOnlyList<EnvironmentOption> Options { get; }

    /// <summary>Why no copy can be made on this machine at present, a missing cartridge for example; null when one can.</summary>
    public string? FindProblem() => _findProblem?.Invoke();

    /// <summary>What is doubtful about copies made on this machine at present, a cartridge of unknown contents for example; null when nothing is.</summary>
    public string? FindWarning() => _findWarning?.Invoke();

    /// <summary>Makes a copy of the environment.</summary>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <returns>A copy that waits for its first reset.</returns>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    /// <exception cref="EnvironmentUnavailableException">Something that it needs is missing, an Atari cartridge for example.</exception>
    public IEnvironment Create(IEnumerable<KeyValuePair<string, string>>? options = null)
    {
        var values = new EnvironmentOptions(Id, Options, options);
        var maxEpisodeSteps = values.GetNumber(MaxEpisodeStepsOption, 0, int.MaxValue);
        var environment = _create(values);
        return maxEpisodeSteps == 0 ? environment : new TimeLimit(environment, maxEpisodeSteps);
    }
}
