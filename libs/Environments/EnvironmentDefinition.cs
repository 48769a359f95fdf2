using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>An environment by name: its id, its options, and how a copy is made.</summary>
public sealed class EnvironmentDefinition
{
    private const string MaxEpisodeStepsOption = "max_episode_steps";

    private readonly Func<EnvironmentOptions, IEnvironment> _create;
    private readonly IReadOnlyList<EnvironmentOption> _ownOptions = [];
    private readonly int _maxEpisodeSteps;
    private IReadOnlyList<EnvironmentOption>? _options;

    /// <summary>Defines an environment.</summary>
    /// <param name="id">The id; Gymnasium's spelling is NAME-vVERSION.</param>
    /// <param name="description">One line for people.</param>
    /// <param name="create">Makes a copy, without the time limit, from valid option names and unchecked values.</param>
    public EnvironmentDefinition(string id, string description, Func<EnvironmentOptions, IEnvironment> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(create);
        Id = id;
        Description = description;
        _create = create;
    }

    /// <summary>The id; Gymnasium's spelling where Gymnasium has the environment.</summary>
    public string Id { get; }

    /// <summary>One line for people.</summary>
    public string Description { get; }

    /// <summary>
    /// Steps after which a <see cref="TimeLimit"/> truncates, unless the option of that name says otherwise; 0 for
    /// none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MaxEpisodeSteps
    {
        get => _maxEpisodeSteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxEpisodeSteps = value;
        }
    }

    /// <summary>Mean return at which it counts as solved; null when it has no such number.</summary>
    public double? RewardThreshold { get; init; }

    /// <summary>
    /// The options it takes: those that are set here, and the time limit, which every environment has.
    /// </summary>
    public IReadOnlyList<EnvironmentOption> Options
    {
        get => _options ??=
        [
            .. _ownOptions,
            new(
                MaxEpisodeStepsOption,
                $"{MaxEpisodeSteps}",
                "Steps after which an episode is truncated; 0 for no limit."),
        ];
        init => _ownOptions = value;
    }

    /// <summary>
    /// Says why no copy can be made on this machine at present, a missing cartridge for example; null when one can.
    /// </summary>
    public Func<string?> FindProblem { get; init; } = () => null;

    /// <summary>
    /// Says what is doubtful about copies made on this machine at present, a cartridge of unknown contents for example;
    /// null when nothing is.
    /// </summary>
    public Func<string?> FindWarning { get; init; } = () => null;

    /// <summary>
    /// Works out the value of an option, given by name, whose default depends on other options; null when the option
    /// has the value that it shows.
    /// </summary>
    public Func<EnvironmentOptions, string, string?> ResolveValue { get; init; } = (_, _) => null;

    /// <summary>Makes a copy of the environment.</summary>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <returns>A copy that waits for its first reset.</returns>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    /// <exception cref="EnvironmentUnavailableException">
    /// Something that it needs is missing, an Atari cartridge for example.
    /// </exception>
    public IEnvironment Create(IEnumerable<KeyValuePair<string, string>>? options = null) =>
        Create(new EnvironmentOptions(Id, Options, options));

    /// <summary>Describes the environment under options; makes a copy to find out.</summary>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    /// <exception cref="EnvironmentUnavailableException">
    /// Something that it needs is missing, an Atari cartridge for example.
    /// </exception>
    public EnvironmentDescription Describe(IEnumerable<KeyValuePair<string, string>>? options = null)
    {
        var values = new EnvironmentOptions(Id, Options, options);
        var copy = Create(values);
        return Describe(
            values, copy.ObservationSpace, copy.ActionSpace, copy.MaxEpisodeSteps, copy.InfoNames);
    }

    /// <summary>Describes the environment as lanes of it play it.</summary>
    /// <param name="lanes">Lanes of this environment.</param>
    /// <param name="options">The options that the lanes were made with.</param>
    public EnvironmentDescription Describe(EnvironmentLanes lanes, IEnumerable<KeyValuePair<string, string>>? options)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        return Describe(
            new EnvironmentOptions(Id, Options, options),
            lanes.ObservationSpace,
            lanes.ActionSpace,
            lanes.MaxEpisodeSteps,
            lanes.InfoNames);
    }

    private IEnvironment Create(EnvironmentOptions values)
    {
        var maxEpisodeSteps = values.GetNumber(MaxEpisodeStepsOption, 0, int.MaxValue);
        var environment = _create(values);
        return maxEpisodeSteps == 0 ? environment : new TimeLimit(environment, maxEpisodeSteps);
    }

    private EnvironmentDescription Describe(
        EnvironmentOptions values,
        ObservationSpace observations,
        ActionSpace actions,
        int maxEpisodeSteps,
        IReadOnlyList<string> infoNames) =>
        new(
            new EnvironmentInfo(Id, observations, actions.Count, maxEpisodeSteps),
            Description,
            RewardThreshold,
            actions.Meanings,
            Options,
            Options.ToDictionary(
                option => option.Name, option => ResolveValue(values, option.Name) ?? values.GetText(option.Name)))
        {
            InfoNames = infoNames,
        };
}
