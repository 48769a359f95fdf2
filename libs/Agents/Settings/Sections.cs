// Each property's SettingAttribute is its documentation; a summary would say the same again.
#pragma warning disable CS1591

namespace DqnAspire.Agents.Settings;

/// <summary>Seed, limits and stopping rule of a run.</summary>
public sealed class RunSection
{
    /// <summary>Checkpoints that are kept: the newest, and older ones in case it is damaged.</summary>
    public const int CheckpointsKept = 3;

    [Setting("Seed from which every random generator of the run is derived.", Min = 0)]
    public ulong Seed { get; set; } = 42;

    [Setting("Training episodes after which the run ends unsolved; 0: no limit.", Min = 0, Changeable = SettingChange.OnResume)]
    public long MaxEpisodes { get; set; }

    [Setting("Agent steps after which the run ends unsolved; 0: no limit.", Min = 0, Changeable = SettingChange.OnResume)]
    public long MaxSteps { get; set; }

    [Setting("Score that has to be exceeded for the run to be solved: the mean validation return where there is validation, otherwise the mean return of the last 100 training episodes.", Changeable = SettingChange.OnResume)]
    public double GoalReturn { get; set; }

    [Setting("Agent steps from one checkpoint to the next; 0: none but those asked for.", Min = 0)]
    public long CheckpointPeriod { get; set; } = 50_000;

    [Setting("Episodes that EvalService plays when training has ended; 0: none.", Min = 0, Max = 100_000, Changeable = SettingChange.OnResume)]
    public int FinalEvaluationEpisodes { get; set; }

    [Setting("Probability of a random action in those episodes; 0: greedy play.", Min = 0, Max = 1, Changeable = SettingChange.OnResume)]
    public double FinalEvaluationEpsilon { get; set; }

    [Setting("Emulated frames after which such an episode is cut off, for Atari games; 0: as in training.", Min = 0, Max = 10_000_000, Changeable = SettingChange.OnResume)]
    public int FinalEvaluationMaxFrames { get; set; }
}

/// <summary>What is played.</summary>
public sealed class EnvironmentSection
{
    [Setting("Environment id, as EnvService lists it.")]
    public required string Id { get; set; }

    [Setting("Environment that is played instead when the cartridge of Environment:Id is not on this machine; empty: none.")]
    public string StandIn { get; set; } = "";

    [Setting("Copies of the environment that are played at the same time.", Min = 1, Max = 1024)]
    public int Lanes { get; set; } = 1;

    /// <summary>Options of the environment by name, set as <c>Environment:Options:name=value</c>.</summary>
    public Dictionary<string, string> Options { get; init; } = [];
}
