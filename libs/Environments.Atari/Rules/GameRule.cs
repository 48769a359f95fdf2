using System.Collections.Immutable;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari.Rules.Formulas;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// What makes a cartridge an environment: how it is shown and played, where its score, lives and end are found, which
/// actions make sense, and how its variations are selected. The same rule serves any number of running games.
/// </summary>
public sealed class GameRule
{
    private readonly Lazy<FrameCode> _frameCode;

    internal GameRule()
    {
        _frameCode = new Lazy<FrameCode>(CompileFrame);
    }

    /// <summary>Name in snake case; also the expected file name of the cartridge without its extension.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The game is one of the 57 that published results are usually reported for.</summary>
    public required bool IsAtari57 { get; init; }

    /// <summary>MD5 of the cartridge images that the rule was made for, in hexadecimal.</summary>
    public required ImmutableArray<string> Checksums { get; init; }

    /// <summary>The cartridge.</summary>
    public required CartridgeProperties Cartridge { get; init; }

    /// <summary>The picture.</summary>
    public required DisplayProperties Display { get; init; }

    /// <summary>The controllers.</summary>
    public required ControllerProperties Controllers { get; init; }

    /// <summary>The console's switches while the television format is detected.</summary>
    public required ConsoleSwitches Switches { get; init; }

    /// <summary>How the game keeps its score.</summary>
    public required ScoreKind ScoreKind { get; init; }

    /// <summary>What the reward is.</summary>
    public required RewardKind RewardKind { get; init; }

    /// <summary>Everything that is computed in a frame, in the order of evaluation.</summary>
    public required ImmutableArray<RuleVariable> Variables { get; init; }

    /// <summary>The number of lives handed out, from the values after a frame.</summary>
    public required Formula ReportedLives { get; init; }

    /// <summary>
    /// The actions that do something in this game, in the order that an agent sees them, numbered as in
    /// <see cref="AtariActions.Names"/>.
    /// </summary>
    public required ImmutableArray<int> MinimalActions { get; init; }

    /// <summary>Actions that the environment replaces by <see cref="AtariAction.Noop"/>.</summary>
    public required ImmutableArray<int> IllegalActions { get; init; }

    /// <summary>ALE's full set of actions: all of them but <see cref="IllegalActions"/>.</summary>
    public IEnumerable<int> LegalActions => Enumerable.Range(0, AtariActions.Names.Length).Except(IllegalActions);

    /// <summary>What is pressed at the end of a reset, in this order.</summary>
    public required ImmutableArray<StartingAction> StartingActions { get; init; }

    /// <summary>The game's variations.</summary>
    public required ModeRule Modes { get; init; }

    /// <summary>The positions of the difficulty switches.</summary>
    public required DifficultyRule Difficulties { get; init; }

    /// <summary>What is special about the game, for people.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>All formulas of a frame as one method; compiled when first asked for.</summary>
    internal FrameCode FrameCode => _frameCode.Value;

    /// <summary>The place of a variable in <see cref="Variables"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its index; -1 when the rule has none of that name.</returns>
    public int IndexOf(string name)
    {
        for (var index = 0; index < Variables.Length; index++)
        {
            if (Variables[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private FrameCode CompileFrame() =>
        FormulaCompiler.CompileFrame(Id, [.. Variables.Select(variable => variable.Formula.Root)]);
}
