using System.Runtime.InteropServices;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.Environments;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.NeuralNetworks.Presets;
using DqnAspire.Randomness;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// The online and the target network and one training call. The label of a transition is the online network's Q vector
/// with the taken action's entry replaced by r + gamma max Q_target(s', .) * not_done; labels are computed once for the
/// batch, which is then taken in shuffled mini-batches.
/// </summary>
internal sealed class DqnLearner
{
    private readonly float _gamma;
    private readonly int _miniBatch;
    private readonly int _observationSize;
    private readonly int _actions;
    private readonly IQNetwork _online;
    private readonly IQNetwork _target;
    private readonly Pcg64 _shuffling;
    private readonly int[] _order;
    private readonly float[] _labels;
    private readonly float[] _nextValues;
    private readonly float[] _partObservations;
    private readonly float[] _partLabels;

    /// <summary>Makes both networks with the same fresh weights.</summary>
    public DqnLearner(DqnSettings settings, EnvironmentInfo environment, RunSeeds seeds)
    {
        var agent = settings.Agent;
        _gamma = (float)agent.Gamma;
        _miniBatch = agent.MiniBatchSize;
        _observationSize = environment.ObservationSpace.ElementCount;
        _actions = environment.Actions;
        int[] sizes = [_observationSize, .. Enumerable.Repeat(agent.HiddenUnits, agent.HiddenLayers), _actions];
        var definition = NetworkPresets.Dense(sizes);
        var training = new TrainingDefinition(new SquaredErrorOverActions(), Adam.Keras(agent.LearningRate))
        {
            Clipping = agent.GradientClipValue > 0 ? GradientClipping.ByValue(agent.GradientClipValue) : GradientClipping.None,
        };
        _online = new QNetwork(definition, training, seeds.Initialisation);
        _target = new QNetwork(definition, training: null, seeds.Initialisation);
        _shuffling = new Pcg64(seeds.Shuffling);
        Policy = new NetworkPolicy(_online);

        _order = [.. Enumerable.Range(0, settings.Replay.BatchSize)];
        _labels = new float[_order.Length * _actions];
        _nextValues = new float[_order.Length * _actions];
        _partObservations = new float[_miniBatch * _observationSize];
        _partLabels = new float[_miniBatch * _actions];
    }

    /// <summary>The online network as a policy.</summary>
    public IPolicy Policy { get; }

    /// <summary>The network's table of layers.</summary>
    public string Summary => _online.Summary();

    /// <summary>Copies the online network to the target network.</summary>
    public void CopyToTarget() => _target.CopyWeightsFrom(_online);

    /// <summary>One training call.</summary>
    /// <returns>Mean loss over the mini-batches.</returns>
    /// <exception cref="DivergedException">The loss is not a finite number.</exception>
    public double Train(in TransitionBatch batch)
    {
        var observations = MemoryMarshal.Cast<byte, float>(batch.Observations.Span);
        ComputeLabels(batch, observations);
        _shuffling.Shuffle(_order.AsSpan());

        var (sum, parts) = (0.0, 0);
        for (var start = 0; start < batch.Count; start += _miniBatch)
        {
            // The last part is smaller when the batch does not divide: it is trained on all the same, as Keras does.
            var part = _order.AsSpan(start, Math.Min(_miniBatch, batch.Count - start));
            for (var i = 0; i < part.Length; i++)
            {
                observations.Slice(part[i] * _observationSize, _observationSize).CopyTo(_partObservations.AsSpan(i * _observationSize));
                _labels.AsSpan(part[i] * _actions, _actions).CopyTo(_partLabels.AsSpan(i * _actions));
            }

            var partObservations = new Observations(_partObservations.AsSpan(0, part.Length * _observationSize), part.Length);
            sum += _online.Train(new TrainingBatch(partObservations, _partLabels.AsSpan(0, part.Length * _actions)), errors: default);
            parts++;
        }

        return sum / parts;
    }

    private void ComputeLabels(in TransitionBatch batch, ReadOnlySpan<float> observations)
    {
        var next = MemoryMarshal.Cast<byte, float>(batch.NextObservations.Span);
        var taken = MemoryMarshal.Cast<byte, int>(batch.Actions.Span);
        var rewards = MemoryMarshal.Cast<byte, float>(batch.Rewards.Span);
        var flags = MemoryMarshal.Cast<byte, StepFlags>(batch.Flags.Span);
        _online.Forward(new Observations(observations, batch.Count), _labels);
        _target.Forward(new Observations(next, batch.Count), _nextValues);
        for (var i = 0; i < batch.Count; i++)
        {
            // The recipe's not_done is false after truncation as well: nothing is bootstrapped from either end.
            var value = flags[i] == StepFlags.None ? Max(_nextValues.AsSpan(i * _actions, _actions)) : 0;
            _labels[(i * _actions) + taken[i]] = rewards[i] + (_gamma * value);
        }
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        var max = values[0];
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }
}
