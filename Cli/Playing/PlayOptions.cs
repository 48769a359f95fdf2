using System.CommandLine;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Cli.Commands;
using DqnAspire.Environments;
using DqnAspire.NeuralNetworks;
using DqnAspire.Play.Policies;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;

namespace DqnAspire.Cli.Playing;

/// <summary>The argument and the options of every command that plays with a policy.</summary>
internal sealed class PlayOptions
{
    private readonly int? _episodes;

    private readonly Option<string> _runs = Arguments.RunsFolder();

    private readonly Option<string?> _environment = new("--env")
    {
        Description = "The environment, for a file outside a run's folder.",
        HelpName = "ID",
    };

    private readonly Option<string[]> _options = new("--env-option")
    {
        Description = "Changes an option of the environment; can be given several times. `dqn envs ID` lists them.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _episodeCount;

    private readonly Option<double?> _epsilon = new("--epsilon")
    {
        Description = "Probability of a random action; 0: greedy play [default: as the run is evaluated, else 0].",
        HelpName = "P",
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description =
            "Seed of the first episode; each further one adds one [default: as the run is evaluated, else 1].",
        HelpName = "N",
    };

    private readonly Option<double?> _sticky = new("--sticky")
    {
        Description = "Probability that a frame repeats the last action; Atari games only.",
        HelpName = "P",
    };

    private readonly Option<int?> _noOps = new("--no-ops")
    {
        Description = "1 to N steps without action at the start; Atari games only.",
        HelpName = "N",
    };

    private readonly Option<int?> _maxFrames = new("--max-frames")
    {
        Description = "Frames after which an episode is cut off; 0: none. Atari games only.",
        HelpName = "N",
    };

    private readonly Option<int?> _maxSteps = new("--max-steps")
    {
        Description = "The agent's steps after which an episode is cut off [default: none].",
        HelpName = "N",
    };

    private readonly Option<string[]> _plugins = Plugins.Environments();

    /// <summary>Creates them.</summary>
    /// <param name="episodes">
    /// Episodes where none are asked for; null: as many as the run is evaluated with, else 30.
    /// </param>
    public PlayOptions(int? episodes)
    {
        _episodes = episodes;
        _episodeCount = new Option<int?>("--episodes")
        {
            Description = "Number of episodes [default: "
                + (episodes is { } number ? $"{number}" : $"as the run is evaluated, else {UsualEpisodes}") + "].",
            HelpName = "N",
        };
        _runs.Aliases.Add("--runs-dir");
    }

    /// <summary>Episodes of an evaluation that no run says anything about.</summary>
    private const int UsualEpisodes = 30;

    /// <summary>What plays.</summary>
    public Argument<string> What { get; } = new("what")
    {
        Description =
            "A run (its id, a part of it, or its folder; @best, @latest or @STEPS behind it chooses one of its "
            + "policies), a checkpoint's folder, or a .safetensors file [default: the newest run].",
        HelpName = "WHAT",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "",
    };

    /// <summary>Number of episodes.</summary>
    public Option<int?> Episodes => _episodeCount;

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(What);
        foreach (var option in (Option[])
            [_runs, _environment, _options, _episodeCount, _epsilon, _seed, _sticky, _noOps, _maxFrames, _maxSteps,
            _plugins])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The environments that can be played.</summary>
    public LocalLaneSource Lanes(ParseResult result) =>
        new(Plugins.LoadEnvironments(result.GetRequiredValue(_plugins)));

    /// <summary>Reads what was asked for, and the policy.</summary>
    /// <exception cref="PolicyException">There is no such policy, or it is for another environment.</exception>
    /// <exception cref="EvaluationProtocolException">A number is out of its range.</exception>
    public async Task<PlayRequest> ReadAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var environment = result.GetValue(_environment);
        var library = new PolicyLibrary(result.GetRequiredValue(_runs), ManagedBackend.Shared);
        var policy = library.Load(PolicyReference.Parse(result.GetValue(What) ?? ""), environment);
        var lanes = Lanes(result);
        var id = environment ?? policy.Info.EnvironmentId;
        var options = id == policy.Info.EnvironmentId ? policy.Info.Options.ToDictionary() : [];
        foreach (var (name, value) in result.GetRequiredValue(_options).Select(ParseOption))
        {
            options[name] = value;
        }

        var protocol = Protocol(result, policy.Info);
        var setup = await EvaluationSetup.CreateAsync(lanes, id, options, protocol, cancellationToken)
            .ConfigureAwait(false);
        var description = await lanes.DescribeAsync(id, setup.Options, cancellationToken).ConfigureAwait(false)
            ?? throw new PolicyException($"There is no environment '{id}'; `dqn envs` lists what can be played.");
        policy.RequireFits(description.Environment);
        return new PlayRequest(lanes, policy, setup, protocol);
    }

    private static (string Name, string Value) ParseOption(string text) => text.IndexOf('=') is > 0 and var split
        ? (text[..split], text[(split + 1)..])
        : throw new CommandException($"--env-option takes NAME=VALUE, not '{text}'.");

    private EvaluationProtocol Protocol(ParseResult result, PolicyInfo policy)
    {
        var usual = policy.RunFolder is { } folder ? UsualProtocol(folder) : null;
        var protocol = new EvaluationProtocol(
            result.GetValue(_episodeCount) ?? _episodes
                ?? (usual is { Episodes: > 0 } ? usual.Episodes : UsualEpisodes),
            result.GetValue(_epsilon) ?? usual?.Epsilon ?? 0,
            result.GetValue(_seed) ?? usual?.Seed ?? 1,
            result.GetValue(_maxSteps) ?? 0)
        {
            StickyActions = result.GetValue(_sticky),
            NoOpStarts = result.GetValue(_noOps),
            MaxFrames = result.GetValue(_maxFrames) ?? usual?.MaxFrames,
        };
        protocol.Validate();
        return protocol;
    }

    /// <summary>How a run's policy is evaluated; null where this program does not know its preset.</summary>
    private static EvaluationProtocol? UsualProtocol(string folder)
    {
        try
        {
            var settings = RecordedSettings.Resolve(RunDirectory.ReadFile(folder), [], PresetCatalog.BuiltIn);
            return EvaluationProtocol.AfterTraining(settings.Run);
        }
        catch (Exception e) when (e is UnknownPresetException or SettingException)
        {
            return null;
        }
    }
}
