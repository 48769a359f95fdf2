namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>Seed, limits and stopping rule of a run.</summary>
public sealed class RunSection
{
    /// <summary>Checkpoints that are kept: the newest, and older ones in case it is damaged.</summary>
    public const int CheckpointsKept = 3;

    [Setting("Seed from which every random generator of the run is derived.", Min = 0)]
    public ulong Seed { get; set; } = 42;

    [Setting(
        "Training episodes after which the run ends unsolved; 0: no limit.",
        Unit = "episodes", Min = 0, Changeable = SettingChange.OnResume)]
    public long MaxEpisodes { get; set; }

    [Setting(
        "Agent steps after which the run ends unsolved; 0: no limit.",
        Unit = "agent steps", Min = 0, Changeable = SettingChange.OnResume)]
    public long MaxSteps { get; set; }

    [Setting(
        "Score to exceed for the run to be solved: the mean validation return where there is validation, otherwise the "
        + "mean return of the last 100 training episodes.",
        Unit = "reward", Changeable = SettingChange.OnResume)]
    public double GoalReturn { get; set; }

    [Setting("Agent steps from one checkpoint to the next; 0: only those asked for.", Unit = "agent steps", Min = 0)]
    public long CheckpointPeriod { get; set; } = 50_000;

    [Setting(
        "Episodes of the evaluation after training; 0: none.",
        Unit = "episodes", Min = 0, Max = 100_000, Changeable = SettingChange.OnResume)]
    public int FinalEvaluationEpisodes { get; set; }

    [Setting(
        "Probability of a random action in those episodes; 0: greedy play.",
        Min = 0, Max = 1, Changeable = SettingChange.OnResume)]
    public double FinalEvaluationEpsilon { get; set; }

    [Setting(
        "Reset seed of the first of those episodes, which the others follow, for a recipe that fixes it; 0: derived "
        + "from Run:Seed, so that no two runs share one.",
        Min = 0, Changeable = SettingChange.OnResume)]
    public ulong FinalEvaluationSeed { get; set; }

    [Setting(
        "Emulated frames after which such an episode is cut off, for Atari games; 0: as in training.",
        Unit = "frames", Min = 0, Max = 10_000_000, Changeable = SettingChange.OnResume)]
    public int FinalEvaluationMaxFrames { get; set; }

    [Setting(
        "Episodes of which the best is recorded, at milestones and at the run's end (there the best of the evaluation "
        + "after training, where there is one); 0: nothing is recorded.",
        Unit = "episodes", Min = 0, Max = 100_000, Changeable = SettingChange.OnResume)]
    public int RecordBestOf { get; set; } = 3;

    [Setting(
        "Agent steps from one recorded episode to the next; 0: only at the run's end.",
        Unit = "agent steps", Min = 0, Changeable = SettingChange.OnResume)]
    public long RecordEvery { get; set; }

    [Setting(
        "Agent steps after which a recorded episode is cut off; 0: none.",
        Unit = "agent steps", Min = 0, Changeable = SettingChange.OnResume)]
    public int RecordMaxSteps { get; set; } = 5000;

    [Setting(
        "Kind of recording; without the program ffmpeg, GIFs take the place of videos.",
        Changeable = SettingChange.OnResume)]
    public RecordingFormat RecordFormat { get; set; }

    [Setting(
        "Speed of a recording; 1: the game's own. A GIF shows at most 50 pictures a second: every picture of an Atari "
        + "game at half its speed, every second one at its own.",
        Min = 0.0625, Max = 16, Changeable = SettingChange.OnResume)]
    public double RecordSpeed { get; set; } = 1;
}
