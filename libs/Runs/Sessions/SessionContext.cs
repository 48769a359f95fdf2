using DqnAspire.Agents.Presets;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;
using DqnAspire.Runs.Evaluation;

namespace DqnAspire.Runs.Sessions;

/// <summary>What runs work with besides their settings and folders.</summary>
/// <param name="Lanes">Opens environments.</param>
/// <param name="Replay">Makes experience tables.</param>
/// <param name="Backend">Computes networks.</param>
public sealed record SessionContext(ILaneSource Lanes, IReplaySource Replay, INetworkBackend Backend)
{
    /// <summary>Plays the evaluation after training; null: there is none.</summary>
    public IFinalEvaluator? Evaluator { get; init; }

    /// <summary>Films episodes at milestones and after training; null: nothing is recorded.</summary>
    public IEpisodeRecorder? Recorder { get; init; }

    /// <summary>What the source of lanes is called, for people.</summary>
    public string LanesName { get; init; } = "the environment";

    /// <summary>What the source of experience tables is called, for people.</summary>
    public string ReplayName { get; init; } = "the experience table";

    /// <summary>What a session waits for.</summary>
    public SessionOptions Options { get; init; } = new();

    /// <summary>Makes the observers of a run besides those that keep its folder and its parameters.</summary>
    public Func<RunSession, IEnumerable<SessionObserver>> CreateObservers { get; init; } = _ => [];

    /// <summary>The presets and algorithms that runs can be of.</summary>
    public PresetCatalog Catalog { get; init; } = PresetCatalog.BuiltIn;
}
