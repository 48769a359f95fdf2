using System.Runtime.InteropServices;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.Environments;
using DqnAspire.NeuralNetworks;
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
    private readonly DenseQNetwork _online;
    private readonly DenseQNetwork _target;
    private readonly Pcg64 _shuffling;
    private readonly int _observationSize;
    private readonly int _actions;
    private readonly int[] _order;
    private readonly float[] _labels;
    private readonly float[] _nextValues;
    private readonly float[] _partObservations;
    private readonly float[] _partLabels;

    public DqnLearner(DqnSettings settings, EnvironmentInfo environment, RunSeeds seeds)
    {
        var agent = settings.Agent;
        _gamma = (float)agent.Gamma;
        _miniBatch = agent.MiniBatchSize;
        _observationSize = environment.ObservationSpace.ElementCount;
        _actions = environment.Actions;
        _shuffling = new Pcg64(seeds.Shuffling);

        var batch = settings.Replay.BatchSize;
        _order = new int[batch];
        _labels = new float[batch * _actions];
        _nextValues = new float[batch * _actions];
        _partObservations = new float[_miniBatch * _observationSize];
        _partLabels = new float[_miniBatch * _actions];
        throw new NotImplementedException();
    }
}
