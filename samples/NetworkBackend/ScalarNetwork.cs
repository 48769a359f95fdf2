using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.Samples.NetworkBackend;

/// <summary>A network of <see cref="ScalarBackend"/>: one sample after the other, in double precision.</summary>
internal sealed class ScalarNetwork : IQNetwork
{
    private readonly TrainingDefinition? _training;
    private readonly Pcg64 _random;
    private readonly DenseLayer[] _layers;
    private readonly Tensor[] _tensors;
    private float[] _errors = [];
    private float _loss;

    public ScalarNetwork(NetworkDefinition definition, TrainingDefinition? training, ulong seed)
    {
        (Definition, _training, _random) = (definition, training, new Pcg64(seed));
        LearningRate = training?.Optimizer.LearningRate ?? 0;
        var (inputs, layers, head) = (definition.Observation.Features, new List<DenseLayer>(), definition.Head);
        foreach (var layer in definition.Layers.Cast<DenseDefinition>())
        {
            Add($"layers.{layers.Count}", layer.Units, layer.Relu);
        }

        if (head.HiddenUnits > 0)
        {
            Add("head.hidden", head.HiddenUnits, relu: true);
        }

        Add("head.output", head.Actions, relu: false);
        _layers = [.. layers];
        _tensors = [.. layers.SelectMany(layer => new[] { layer.Weight, layer.Bias })];

        void Add(string name, int outputs, bool relu)
        {
            layers.Add(new DenseLayer(definition, name, inputs, outputs, relu, _random));
            inputs = outputs;
        }
    }

    public NetworkDefinition Definition { get; }

    public string Device => "cpu, plain loops, 1 thread";

    public long Steps { get; private set; }

    public double LearningRate { get; set; }

    public Pcg64State Generator
    {
        get => _random.State;
        set => _random.State = value;
    }

    public string Summary() => string.Join('\n', _tensors.Select(t => $"{t.Name} [{string.Join(", ", t.Shape)}]"));

    public void Forward(Observations observations, Span<float> actionValues, bool noisy = false)
    {
        observations.RequireShape(observations.Count, Definition.Observation.Features, nameof(observations));
        Require(actionValues.Length, observations.Count * Definition.Head.Actions, nameof(actionValues));
        for (var sample = 0; sample < observations.Count; sample++)
        {
            var outputs = Run(observations, sample);
            for (var action = 0; action < outputs.Length; action++)
            {
                actionValues[(sample * outputs.Length) + action] = (float)outputs[action];
            }
        }
    }

    // Plain action values are their own distribution.
    public void ForwardDistributions(Observations observations, Span<float> distributions, bool noisy = false) =>
        Forward(observations, distributions, noisy);

    public void DrawNoise()
    {
    }

    public void Train(in TrainingBatch batch)
    {
        var training = _training ?? throw new InvalidOperationException($"{Definition.Name} cannot be trained.");
        var head = Definition.Head;
        Require(batch.Targets.Length, batch.Count * training.Loss.TargetSize(head), nameof(batch.Targets));
        Array.ForEach(_tensors, tensor => Array.Clear(tensor.Gradient));
        _errors = new float[batch.Count];
        var loss = 0.0;
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var scale = (double)batch.WeightOf(sample) / batch.Count;
            var (outputs, delta) = (Run(batch.Observations, sample), new double[head.Actions]);
            for (var action = 0; action < head.Actions; action++)
            {
                var all = training.Loss.CoversAllActions;
                if (all || action == batch.Actions[sample])
                {
                    var error = batch.Targets[all ? (sample * head.Actions) + action : sample] - outputs[action];
                    var (value, slope) = LossOf(training.Loss, error, head.Actions);
                    loss += scale * value;
                    delta[action] = -scale * slope;
                    _errors[sample] = Math.Abs(error) > Math.Abs(_errors[sample]) ? (float)error : _errors[sample];
                }
            }

            for (var layer = _layers.Length - 1; layer >= 0; layer--)
            {
                delta = _layers[layer].Backward(delta);
            }
        }

        _loss = double.IsFinite(loss) ? (float)loss : throw new DivergedException((float)loss, Steps + 1, "the loss");
        Steps++;
        var bound = training.Clipping.Kind == GradientClippingKind.Value
            ? training.Clipping.Limit
            : double.PositiveInfinity;
        Array.ForEach(_tensors, t => t.Step((Adam)training.Optimizer, LearningRate, Steps, bound));
    }

    public void TrainBootstrapped(in BootstrapBatch batch, IQNetwork target)
    {
        var (actions, count) = (Definition.Head.Actions, batch.Count);
        var (next, selecting, best) = (new float[count * actions], new float[count * actions], new int[count]);
        target.Forward(batch.NextStates, next);
        (batch.DoubleQ ? this : target).Forward(batch.NextStates, selecting);
        ArgMax.OfRows(selecting, best);
        var all = _training?.Loss.CoversAllActions == true;
        var targets = new float[all ? count * actions : count];
        if (all)
        {
            Forward(batch.States, targets);
        }

        for (var i = 0; i < count; i++)
        {
            targets[all ? (i * actions) + batch.Actions[i] : i] =
                batch.Rewards[i] + (batch.Discounts[i] * next[(i * actions) + best[i]]);
        }

        Train(new TrainingBatch(batch.States, targets) { Actions = batch.Actions, Weights = batch.Weights });
    }

    public float ReadLoss(Span<float> errors)
    {
        _errors.AsSpan(0, errors.Length).CopyTo(errors);
        return _loss;
    }

    public void CopyWeightsFrom(IQNetwork other)
    {
        var file = new SafetensorsFile();
        other.Save(file, "", withOptimizer: false);
        Load(file, "", withOptimizer: false);
    }

    public void Save(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        NetworkFile.AddDefinition(file, prefix, Definition);
        Array.ForEach(_tensors, tensor => tensor.Save(file, prefix, withOptimizer));
        if (withOptimizer)
        {
            NetworkFile.AddProgress(file, prefix, Steps, Generator);
        }
    }

    public void Load(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        NetworkFile.RequireDefinition(file, prefix, Definition);
        var changes = _tensors.Select(tensor => tensor.Load(file, prefix, withOptimizer)).ToArray();
        if (withOptimizer)
        {
            (Steps, Generator) = NetworkFile.ReadProgress(file, prefix);
        }

        Array.ForEach(changes, change => change());
    }

    public void Dispose()
    {
    }

    private static (double Value, double Slope) LossOf(LossDefinition loss, double error, int actions) => loss switch
    {
        SquaredError => (error * error, 2 * error),
        SquaredErrorOverActions => (error * error / actions, 2 * error / actions),
        HuberLoss huber when Math.Abs(error) > huber.Threshold =>
            (huber.Threshold * (Math.Abs(error) - (huber.Threshold / 2)), Math.Sign(error) * huber.Threshold),
        _ => (error * error / 2, error),
    };

    private double[] Run(Observations observations, int sample)
    {
        var size = Definition.Observation.Features;
        var values = new double[size];
        for (var i = 0; i < size; i++)
        {
            var index = (sample * observations.Stride) + i;
            values[i] = !observations.AreBytes ? observations.Floats[index] : Definition.Scaling switch
            {
                InputScaling.Unit => observations.Bytes[index] / 255.0,
                InputScaling.Symmetric => (observations.Bytes[index] * 2 / 255.0) - 1,
                _ => observations.Bytes[index],
            };
        }

        return _layers.Aggregate(values, (input, layer) => layer.Forward(input));
    }

    private static void Require(int length, int needed, string name)
    {
        if (length != needed)
        {
            throw new ArgumentException($"{name} has {length} values; {needed} are needed.", name);
        }
    }
}
