using System.Globalization;
using DqnAspire.Core.Lanes;

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
    private const string Training = "training";

    private static readonly Dictionary<string, string> Defaults = [];

    /// <summary>Applies a protocol to the options of an environment.</summary>
    /// <param name="lanes">Says which options the environment has. One that it does not know keeps its options.</param>
    /// <param name="environmentId">The environment.</param>
    /// <param name="trained">Its options in training.</param>
    /// <param name="protocol">How it is to be played.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EvaluationProtocolException">
    /// A number is out of its range, or the environment has no such option.
    /// </exception>
    public static async Task<EvaluationSetup> CreateAsync(
        ILaneSource lanes,
        string environmentId,
        IReadOnlyDictionary<string, string> trained,
        EvaluationProtocol protocol,
        CancellationToken cancellationToken)
    {
        protocol.Validate();
        var description = await lanes.DescribeAsync(environmentId, Defaults, cancellationToken).ConfigureAwait(false);
        var known = description?.Options ?? [];
        var options = trained.ToDictionary();
        if (Has(Training))
        {
            options[Training] = "false";
        }

        Change(Sticky, "sticky_actions", protocol.StickyActions);
        Change(NoOps, "no_op_starts", protocol.NoOpStarts);
        Change(Frames, "max_frames", protocol.MaxFrames);
        if (!Has(Sticky) || !Has(NoOps) || !Has(Frames))
        {
            return new EvaluationSetup(environmentId, options, protocol.ToString());
        }

        var changed = await lanes.DescribeAsync(environmentId, options, cancellationToken).ConfigureAwait(false);
        return new EvaluationSetup(environmentId, options, protocol + Describe((changed ?? description!).Values));

        bool Has(string name) => known.Any(option => option.Name == name);

        void Change(string name, string asked, IFormattable? value)
        {
            if (value is null)
            {
                return;
            }

            if (!Has(name))
            {
                throw new EvaluationProtocolException(
                    $"{asked}: {environmentId} has no such option; it is for Atari games.");
            }

            options[name] = value.ToString(null, CultureInfo.InvariantCulture);
        }
    }

    private static string Describe(IReadOnlyDictionary<string, string> values) =>
        ", " + (values[Sticky] == "0" ? "no sticky actions" : $"sticky actions {values[Sticky]}")
        + ", " + (values[NoOps] == "0" ? "no no-op starts" : $"1 to {values[NoOps]} no-ops at the start")
        + ", " + (values[Frames] == "0" ? "no frame cap" : $"at most {values[Frames]} frames each");
}
