using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>Hessel et al. 2018, table 1: everything of the family but quantiles. Frames are four to an agent step.</summary>
internal static class Rainbow
{
    private const int FramesPerStep = 4;
    private const long Frames = 200_000_000;

    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "rainbow",
        Run = new RunSection { GoalReturn = 400, MaxSteps = Frames / FramesPerStep, FinalEvaluationEpisodes = 30 },
        Environment = AtariGames.Environment("Breakout", "NoFrameskip-v4", "rainbow", standIn: "Bricks"),
        Network = new NetworkSection
        {
            Kind = NetworkKind.Nature,
            Stack = 4,
            StackPadding = StackPadding.Zero,
            Dueling = true,
            NoiseScale = 0.5,
            Returns = ReturnModel.Categorical,
            Atoms = 51,
            MinimumReturn = -10,
            MaximumReturn = 10,
        },
        Agent = new DqnAgentSection { Gamma = 0.99, DoubleQ = true, ReturnSteps = 3, UpdatePeriod = 4 },
        Optimizer = new OptimizerSection { Kind = OptimizerKind.Adam, LearningRate = 6.25e-5, Epsilon = 1.5e-4 },
        Target = new TargetSection { Period = 32_000 / FramesPerStep, Unit = TargetUnit.Steps },
        // The noisy layers explore.
        Exploration = new ExplorationSection { RandomSteps = 80_000 / FramesPerStep },
        Replay = new ReplaySection
        {
            Capacity = 1_000_000,
            BatchSize = 32,
            StartSize = 80_000 / FramesPerStep,
            Sampling = SamplingKind.Prioritized,
            PriorityExponent = 0.5,
            InitialImportance = 0.4,
            ImportanceSteps = Frames / FramesPerStep,
        },
        Validation = new ValidationSection(),
    };
}
