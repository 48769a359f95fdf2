namespace DqnAspire.Agents.Training;

/// <summary>
/// The numbers that every run reports, declared once. <see cref="TrainingProgress.Numbers"/> and
/// <see cref="LogRecord.Numbers"/> hold their values. An algorithm may declare further ones in its own folder.
/// </summary>
public static class TrainingNumbers
{
    /// <summary>Agent steps taken in training.</summary>
    public static TrainingNumber Steps { get; } = new("steps", "step", "Agent steps taken in training.")
    {
        IsWhole = true,
        Label = "step",
        Format = "N0",
        Instrument = "steps",
        InstrumentKind = InstrumentKind.Counter,
    };

    /// <summary>Limit of the agent steps; 0: none.</summary>
    public static TrainingNumber MaxSteps { get; } =
        new("max_steps", "step", "Limit of the agent steps; 0: none.") { IsWhole = true, Format = "N0" };

    /// <summary>Training episodes finished.</summary>
    public static TrainingNumber Episodes { get; } = new("episodes", "episode", "Training episodes finished.")
    {
        IsWhole = true,
        Label = "episode",
        Format = "N0",
        Instrument = "episodes",
        InstrumentKind = InstrumentKind.Counter,
    };

    /// <summary>Limit of the training episodes; 0: none.</summary>
    public static TrainingNumber MaxEpisodes { get; } =
        new("max_episodes", "episode", "Limit of the training episodes; 0: none.") { IsWhole = true, Format = "N0" };

    /// <summary>Training calls done.</summary>
    public static TrainingNumber Updates { get; } = new("updates", "update", "Training calls done.")
    {
        IsWhole = true,
        Format = "N0",
        Instrument = "updates",
        InstrumentKind = InstrumentKind.Counter,
    };

    /// <summary>Return of the last finished training episode.</summary>
    public static TrainingNumber LastReturn { get; } =
        new("last_return", "reward", "Return of the last finished training episode.") { Label = "last return" };

    /// <summary>Steps of the last finished training episode.</summary>
    public static TrainingNumber LastLength { get; } =
        new("last_length", "step", "Steps of the last finished training episode.") { IsWhole = true, Format = "N0" };

    /// <summary>Return of a record's training episode.</summary>
    public static TrainingNumber Return { get; } = new("return", "reward", "Return of the training episode.")
    {
        Chart = "charts/episodic_return",
        Instrument = "episode.return",
        InstrumentKind = InstrumentKind.Histogram,
    };

    /// <summary>Steps of a record's training episode.</summary>
    public static TrainingNumber Length { get; } = new("length", "step", "Agent steps of the training episode.")
    {
        IsWhole = true,
        Format = "N0",
        Chart = "charts/episodic_length",
        Instrument = "episode.length",
        InstrumentKind = InstrumentKind.Histogram,
    };

    /// <summary>Mean return of the last 100 training episodes.</summary>
    public static TrainingNumber MeanReturn100 { get; } =
        new("mean_return100", "reward", "Mean return of the last 100 training episodes.")
        {
            Label = "mean of last 100",
            Chart = "charts/mean_return_100",
            ChartSource = ChartSource.Progress,
        };

    /// <summary>Mean loss of an episode's training calls.</summary>
    public static TrainingNumber Loss { get; } = new("loss", "", "Mean loss of a training episode's updates.")
    {
        Label = "loss",
        Format = "0.####",
        Chart = "losses/td_loss",
        Instrument = "loss",
        InstrumentKind = InstrumentKind.Histogram,
    };

    /// <summary>The recipe's last validation score.</summary>
    public static TrainingNumber ValidationReturn { get; } =
        new("validation_return", "reward", "The recipe's last validation score.")
        {
            Label = "validation",
            Chart = "eval/episodic_return",
            Instrument = "validation.return",
            InstrumentKind = InstrumentKind.Gauge,
        };

    /// <summary>The best validation score.</summary>
    public static TrainingNumber BestValidationReturn { get; } =
        new("best_validation_return", "reward", "The recipe's best validation score.") { Label = "best" };

    /// <summary>The score to exceed.</summary>
    public static TrainingNumber GoalReturn { get; } =
        new("goal_return", "reward", "The score to exceed.") { Label = "goal" };

    /// <summary>Probability of a random action.</summary>
    public static TrainingNumber Epsilon { get; } = new("epsilon", "", "Probability of a random action.")
    {
        Label = "epsilon",
        Format = "0.###",
        Chart = "charts/epsilon",
        Instrument = "epsilon",
        InstrumentKind = InstrumentKind.Gauge,
    };

    /// <summary>Agent steps a second, over about the last second.</summary>
    public static TrainingNumber StepsPerSecond { get; } =
        new("steps_per_second", "step/s", "Agent steps a second, over about the last second.")
        {
            Label = "steps/s",
            Format = "N0",
            Chart = "charts/SPS",
            ChartSource = ChartSource.Progress,
        };

    /// <summary>Training calls a second, over about the last second.</summary>
    public static TrainingNumber UpdatesPerSecond { get; } =
        new("updates_per_second", "update/s", "Training calls a second, over about the last second.")
        {
            Label = "updates/s",
            Format = "N0",
            Chart = "charts/updates_per_second",
            ChartSource = ChartSource.Progress,
        };

    /// <summary>Wall time of the run.</summary>
    public static TrainingNumber Seconds { get; } =
        new("seconds", "s", "Wall time of the run, over all the processes that worked on it.") { Format = "0.0" };

    /// <summary>All of these, in the order in which people read them.</summary>
    public static IReadOnlyList<TrainingNumber> All { get; } =
    [
        Steps, MaxSteps, Episodes, MaxEpisodes, Updates, LastReturn, LastLength, Return, Length, MeanReturn100, Loss,
        ValidationReturn, BestValidationReturn, GoalReturn, Epsilon, StepsPerSecond, UpdatesPerSecond, Seconds,
    ];

    /// <summary>
    /// The number with a name; one that this process does not know gets a bare declaration, so that it is kept and
    /// shown.
    /// </summary>
    public static TrainingNumber Named(string name) =>
        All.FirstOrDefault(n => n.Name == name) ?? new TrainingNumber(name, "", name);
}
