using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.NeuralNetworks.Returns;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks;

/// <summary>Takes the gradient steps of a network: forward pass, loss, backward pass, optimiser.</summary>
internal sealed class Trainer
{
    private readonly QNetwork _network;
    private readonly LossDefinition _definition;
    private readonly SampleLoss _loss;
    private readonly GradientStep _step;
    private readonly BootstrapTargets _bootstrap;
    private readonly int _targetSize;
    private float[] _errors = [];
    private int _count;
    private float _lastLoss;

    /// <summary>Prepares the training of a network whose parameters have their place.</summary>
    public Trainer(QNetwork network, TrainingDefinition training, ReturnModel returns, WorkerPool pool)
    {
        (_network, _definition) = (network, training.Loss);
        _targetSize = training.Loss.TargetSize(network.Definition.Head);
        _loss = ManagedParts.Create(training.Loss);
        Optimizer = ManagedParts.Create(training.Optimizer);
        Optimizer.Attach(network.Store);
        _step = new GradientStep(network.Store, Optimizer, training.Clipping, pool);
        _bootstrap = new BootstrapTargets(network, returns, training.Loss.CoversAllActions);
    }

    public Optimizer Optimizer { get; }

    /// <summary>Takes a step on given targets.</summary>
    public void Train(in TrainingBatch batch)
    {
        BatchChecks.Require(batch, _definition, _network.Definition);
        _network.Run(batch.Observations, Pass.Training);
        var loss = ComputeLoss(batch);
        if (!float.IsFinite(loss))
        {
            throw new DivergedException(loss, Optimizer.Steps + 1, FirstNotFinite(batch));
        }

        _network.Layers.Backward(_network.Input, batch.Count, InputGradient.None);
        _step.Run();
        (_lastLoss, _count) = (loss, batch.Count);
    }

    /// <summary>Takes a step on targets from the next states.</summary>
    public void Train(in BootstrapBatch batch, IQNetwork target)
    {
        var targetNetwork = _network.RequireSameArchitecture(target);
        BatchChecks.Require(batch, _network.Definition);
        var targets = _bootstrap.Compute(batch, targetNetwork);
        Train(new TrainingBatch(batch.States, targets) { Actions = batch.Actions, Weights = batch.Weights });
    }

    /// <summary>The loss and the errors of the last step.</summary>
    public float ReadLoss(Span<float> errors)
    {
        if (!errors.IsEmpty)
        {
            BatchChecks.RequireLength(errors.Length, _count, 1, nameof(errors));
            _errors.AsSpan(0, _count).CopyTo(errors);
        }

        return _lastLoss;
    }

    private float ComputeLoss(in TrainingBatch batch)
    {
        if (_errors.Length < batch.Count)
        {
            _errors = new float[batch.Count];
        }

        var layers = _network.Layers;
        var head = _network.Definition.Head;
        layers.Delta.Slice(0, batch.Count * layers.Output.SampleStride).Clear();
        var sum = 0.0;
        for (var sample = 0; sample < batch.Count; sample++)
        {
            ReadOnlySpan<float> outputs = _network.Outputs(sample);
            var delta = layers.Delta.Slice(sample * layers.Output.SampleStride, outputs.Length);
            if (!_definition.CoversAllActions)
            {
                var taken = batch.Actions[sample] * head.Values.Outputs;
                delta = delta.Slice(taken, head.Values.Outputs);
                outputs = outputs.Slice(taken, head.Values.Outputs);
            }

            var weight = batch.WeightOf(sample);
            var target = batch.Targets.Slice(sample * _targetSize, _targetSize);
            sum += weight * _loss.Compute(outputs, target, delta, out _errors[sample]);
            var scale = weight / batch.Count;
            foreach (ref var element in delta)
            {
                element *= scale;
            }
        }

        return (float)(sum / batch.Count);
    }

    private string FirstNotFinite(in TrainingBatch batch)
    {
        var layers = _network.Layers;
        if (!IsFinite(_network.Input.Slice(0, batch.Count * layers.Input.SampleStride)))
        {
            return "the observations";
        }

        foreach (var layer in QNetwork.Leaves(layers).Append(layers))
        {
            if (!IsFinite(layer.Value.Slice(0, batch.Count * layer.Output.SampleStride)))
            {
                return $"layer {layer.Name} ({layer.Description})";
            }
        }

        return IsFinite(batch.Targets) ? "the loss" : "the targets";
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
