using System.Globalization;
using DqnAspire.Environments;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;

namespace DqnAspire.Agents.Evaluation;

/// <summary>
/// What a policy is evaluated on: the environment that it was trained on, with the protocol's part of its options, and
/// without what is for training only, so that whole games and their own scores count.
/// </summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="Options">Its options.</param>
/// <param name="Protocol">How it is played, in words.</param>
public sealed record EvaluationSetup(string EnvironmentId, IReadOnlyDictionary<string, string> Options, string Protocol)
{
    private const string Sticky = "repeat_action_probability";
    private const string NoOps = "noop_max";
    private const string Frames = "max_num_frames_per_episode";
    private const string Preprocessing = "preprocessing";
    private const string Training = "training";

    /// <summary>Puts a protocol to an environment.</summary>
    /// <param name="registry">Knows which options the environment has.</param>
    /// <param name="environmentId">The environment.</param>
    /// <param name="trained">Its options in training.</param>
    /// <param name="protocol">How it is to be played.</param>
    /// <exception cref="EvaluationProtocolException">A number is out of its range, or the environment has no such thing.</exception>
    public static EvaluationSetup Of(
        EnvironmentRegistry registry, string environmentId, IReadOnlyDictionary<string, string> trained, EvaluationProtocol protocol)
    {
        protocol.Validate();
        var known = registry.Definitions.FirstOrDefault(d => d.Id == environmentId)?.Options ?? [];
        var options = trained.ToDictionary();
        if (Has(Training))
        {
            options[Training] = "false";
        }

        Change(Sticky, "sticky_actions", protocol.StickyActions);
        Change(NoOps, "no_op_starts", protocol.NoOpStarts);
        Change(Frames, "max_frames", protocol.MaxFrames);
        return new EvaluationSetup(environmentId, options, protocol + (Has(Sticky) && Has(NoOps) && Has(Frames) ? Describe() : ""));

        bool Has(string name) => known.Any(o => o.Name == name);

        void Change(string name, string asked, IFormattable? value)
        {
            if (value is null)
            {
                return;
            }

            if (!Has(name))
            {
                throw new EvaluationProtocolException($"{asked}: {environmentId} has no such option; it is for Atari games.");
            }

            options[name] = value.ToString(null, CultureInfo.InvariantCulture);
        }

        string Describe()
        {
            var noOps = Value(NoOps);
            if (!int.TryParse(noOps, CultureInfo.InvariantCulture, out _))
            {
                noOps = PreprocessingPipelines.All.FirstOrDefault(p => p.Name == Value(Preprocessing))?.NoopMax.ToString(CultureInfo.InvariantCulture) ?? "0";
            }

            return ", " + (Value(Sticky) == "0" ? "no sticky actions" : $"sticky actions {Value(Sticky)}")
                + ", " + (noOps == "0" ? "no no-op starts" : $"1 to {noOps} no-ops at the start")
                + ", " + (Value(Frames) == "0" ? "no frame cap" : $"at most {Value(Frames)} frames each");
        }

        string Value(string name) => options.GetValueOrDefault(name) ?? known.First(o => o.Name == name).DefaultValue;
    }
}
