using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn.Recipes;

/// <summary>
/// A training call as a Keras lab exercise does it with <c>fit(states, labels)</c>: the label of a transition is the
/// online network's Q vector with the taken action's entry replaced, the loss is the mean squared error over all
/// actions (so the gradient of the taken entry has the factor 1/A), and the batch is taken in shuffled mini-batches of
/// the library's default size.
/// </summary>
internal sealed class KerasFit : RecipeRule
{
    /// <summary>Keras's default, and so the transitions of one gradient step.</summary>
    public const int MiniBatchSize = 32;

    private const string OrderName = "batch.order";
    private const string Shuffling = "shuffling";

    private NetworkInput _input;
    private Pcg64 _shuffling = new(0);
    private int[] _order = [];
    private float[] _labels = [];
    private float[] _nextValues = [];
    private int[] _nextActions = [];
    private byte[] _partStates = [];
    private float[] _partLabels = [];

    /// <inheritdoc/>
    public override LossDefinition Loss { get; } = new SquaredErrorOverActions();

    /// <inheritdoc/>
    public override void Validate(DqnSettings settings)
    {
        if (settings.Agent.Loss != LossKind.SquaredError)
        {
            throw new SettingException(
                $"Agent:Loss={settings.Agent.Loss}: Agent:Rule={nameof(KerasFit)} goes with {LossKind.SquaredError} "
                + "only.");
        }

        if (settings.Network.Returns != ReturnModel.Mean)
        {
            throw new SettingException(
                $"Network:Returns={settings.Network.Returns}: Agent:Rule={nameof(KerasFit)} goes with "
                + $"{ReturnModel.Mean} only.");
        }

        if (settings.Replay.Sampling == SamplingKind.Prioritized)
        {
            throw new SettingException(
                $"Replay:Sampling={settings.Replay.Sampling}: Agent:Rule={nameof(KerasFit)} has no errors to make "
                + "priorities of.");
        }
    }

    /// <inheritdoc/>
    public override void Begin(
        DqnSettings settings, SeedStreams seeds, NetworkDefinition definition, NetworkInput input)
    {
        var (batch, actions) = (settings.Replay.BatchSize, definition.Head.Actions);
        _input = input;
        _shuffling = new Pcg64(seeds.Shuffling);
        _order = [.. Enumerable.Range(0, batch)];
        _labels = new float[batch * actions];
        _nextValues = new float[batch * actions];
        _nextActions = new int[batch];
        _partStates = new byte[MiniBatchSize * definition.Observation.Features * (input.AreBytes ? 1 : sizeof(float))];
        _partLabels = new float[MiniBatchSize * actions];
    }

    /// <inheritdoc/>
    public override double? Train(
        IQNetwork online, IQNetwork target, in TransitionBatch batch, in BootstrapBatch update)
    {
        Label(online, target, update);
        var actions = _labels.Length / batch.Count;
        var stateBytes = batch.States.RowBytes;
        _shuffling.Shuffle(_order.AsSpan());
        var (sum, parts) = (0.0, 0);
        for (var start = 0; start < batch.Count; start += MiniBatchSize)
        {
            // The last part is smaller when the batch does not divide: it is trained on all the same, as Keras does.
            var part = _order.AsSpan(start, Math.Min(MiniBatchSize, batch.Count - start));
            for (var i = 0; i < part.Length; i++)
            {
                batch.States[part[i]].CopyTo(_partStates.AsSpan(i * stateBytes));
                _labels.AsSpan(part[i] * actions, actions).CopyTo(_partLabels.AsSpan(i * actions));
            }

            var states = _input.ToObservations(_partStates.AsSpan(0, part.Length * stateBytes), part.Length);
            var labels = _partLabels.AsSpan(0, part.Length * actions);
            sum += online.Train(new TrainingBatch(states, labels), errors: default);
            parts++;
        }

        return sum / parts;
    }

    /// <inheritdoc/>
    public override void Save(CheckpointBuilder checkpoint)
    {
        checkpoint.Tensors.Add(OrderName, [_order.Length], Array.ConvertAll(_order, i => (long)i));
        checkpoint.Generators[Shuffling] = _shuffling.State;
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        var order = checkpoint.Tensors.GetInt64(OrderName, [_order.Length]);
        if (!order.Order().SequenceEqual(Enumerable.Range(0, order.Length).Select(i => (long)i)))
        {
            throw new InvalidDataException($"{OrderName} is no order of {order.Length} samples.");
        }

        _order = Array.ConvertAll(order, i => (int)i);
        _shuffling.State = checkpoint.State.Generator(Shuffling);
    }

    /// <summary>Computes the labels of the whole batch, before the first mini-batch changes the weights.</summary>
    private void Label(IQNetwork online, IQNetwork target, in BootstrapBatch update)
    {
        online.Forward(update.States, _labels);
        var selecting = update.DoubleQ ? online : target;
        selecting.Forward(update.NextStates, _nextValues);
        ArgMax.OfRows(_nextValues, _nextActions);
        if (update.DoubleQ)
        {
            target.Forward(update.NextStates, _nextValues);
        }

        var actions = _labels.Length / update.Count;
        for (var i = 0; i < update.Count; i++)
        {
            var nextValue = _nextValues[(i * actions) + _nextActions[i]];
            _labels[(i * actions) + update.Actions[i]] = update.Rewards[i] + (update.Discounts[i] * nextValue);
        }
    }
}
