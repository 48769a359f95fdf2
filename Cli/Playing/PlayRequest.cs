using DqnAspire.Agents.Evaluation;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;

namespace DqnAspire.Cli.Playing;

/// <summary>Who plays what and how, as a command line asks for it.</summary>
/// <param name="Lanes">Opens environments.</param>
/// <param name="Policy">Who plays.</param>
/// <param name="Setup">What is played: without what is for training only.</param>
/// <param name="Protocol">How.</param>
internal sealed record PlayRequest(
    ILaneSource Lanes, LoadedPolicy Policy, EvaluationSetup Setup, EvaluationProtocol Protocol)
{
    /// <summary>The game.</summary>
    public GameSettings Settings => new(Setup.EnvironmentId, Setup.Options, Protocol.Seed)
    {
        Epsilon = Protocol.Epsilon,
        MaxSteps = Protocol.MaxSteps,
    };

    /// <summary>The policy in words.</summary>
    public string PolicyText => Policy.Info switch
    {
        { RunId.Length: > 0 } info => FormattableString.Invariant(
            $"{info.RunId}, {info.Label}{(info.Label == "best" ? $" (step {info.Steps:N0})" : "")}"),
        { Path: { } path } => path,
        var info => info.Label,
    };
}
