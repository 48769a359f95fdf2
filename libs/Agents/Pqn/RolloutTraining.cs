using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Settings;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Pqn;

/// <summary>Goes through a rollout a few times in shuffled parts.</summary>
internal sealed class RolloutTraining
{
    private readonly PqnSettings _settings;
    private readonly TrainingControl _control;
    private readonly Rollout _rollout;
    private readonly QNetwork _network;
    private readonly NetworkInput _input;
    private readonly Pcg64 _random;
    private readonly int[] _order;
    private readonly byte[] _states;
    private readonly int[] _actions;
    private readonly float[] _targets;

    /// <summary>Room for the parts.</summary>
    public RolloutTraining(PqnSettings settings, TrainingControl control, Rollout rollout, QNetwork network, NetworkInput input, Pcg64 random)
    {
        (_settings, _control, _rollout, _network, _input, _random) = (settings, control, rollout, network, input, random);
        _order = [.. Enumerable.Range(0, rollout.Count)];
        var part = rollout.Count / settings.Agent.MiniBatches;
        _states = new byte[part * (rollout.NextStates.Length / settings.Environment.Lanes)];
        _actions = new int[part];
        _targets = new float[part];
    }

    /// <summary>State of the generator that shuffles.</summary>
    public Pcg64State Generator
    {
        get => _random.State;
        set => _random.State = value;
    }

    /// <summary>Trains on the last rollout.</summary>
    /// <exception cref="DivergedException">The loss is not a finite number.</exception>
    public void Train(TrainingStatistics statistics, CancellationToken cancellationToken)
    {
        for (var epoch = 0; epoch < _settings.Agent.Epochs; epoch++)
        {
            // From the same order every time, so that a checkpoint need not keep it.
            for (var i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            _random.Shuffle(_order.AsSpan());
            for (var part = 0; part < _settings.Agent.MiniBatches; part++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _rollout.Gather(_order.AsSpan(part * _actions.Length, _actions.Length), _states, _actions, _targets);
                _network.LearningRate = _control.LearningRate ?? TrainingFactory.LearningRateAt(_settings.Optimizer, statistics.Updates);
                var batch = new TrainingBatch(_input.ToObservations(_states, _actions.Length), _targets) { Actions = _actions };
                statistics.AddUpdate(_network.Train(batch, errors: default));
            }
        }
    }
}
