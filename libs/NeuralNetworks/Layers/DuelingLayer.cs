using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// Dueling heads (Wang et al. 2016, equation 9): q[a, z] = v[z] + w[a, z] - mean over actions of w[., z], with one z
/// for plain values and one for each atom or quantile of a distribution.
/// </summary>
internal sealed class DuelingLayer : Layer
{
    private readonly LayerChain _value;
    private readonly LayerChain _advantage;
    private readonly int _actions;
    private readonly int _outputs;

    /// <summary>Joins two branches.</summary>
    /// <param name="value">Gives [outputs].</param>
    /// <param name="advantage">Gives [actions, outputs].</param>
    /// <param name="actions">Number of actions.</param>
    public DuelingLayer(LayerChain value, LayerChain advantage, int actions)
        : base(value.Input, advantage.Output)
    {
        (_value, _advantage, _actions) = (value, advantage, actions);
        _outputs = value.Output.Shape.Channels;
    }

    public override string Description => "dueling: value + advantage - mean advantage";

    public override IEnumerable<Layer> Children => [.. _value.Children, .. _advantage.Children];

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        _value.Forward(input, count, pass);
        _advantage.Forward(input, count, pass);
        for (var sample = 0; sample < count; sample++)
        {
            var value = _value.Value.Slice(sample * _value.Output.SampleStride, _outputs);
            var advantage = _advantage.Value.Slice(sample * Output.SampleStride, _actions * _outputs);
            var q = Value.Slice(sample * Output.SampleStride, _actions * _outputs);
            for (var z = 0; z < _outputs; z++)
            {
                var shift = value[z] - MeanOverActions(advantage, z);
                for (var i = z; i < q.Length; i += _outputs)
                {
                    q[i] = advantage[i] + shift;
                }
            }
        }
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        for (var sample = 0; sample < count; sample++)
        {
            var delta = Delta.Slice(sample * Output.SampleStride, _actions * _outputs);
            var value = _value.Delta.Slice(sample * _value.Output.SampleStride, _outputs);
            var advantage = _advantage.Delta.Slice(sample * Output.SampleStride, _actions * _outputs);
            for (var z = 0; z < _outputs; z++)
            {
                var mean = MeanOverActions(delta, z);
                value[z] = mean * _actions;
                for (var i = z; i < delta.Length; i += _outputs)
                {
                    advantage[i] = delta[i] - mean;
                }
            }
        }

        _value.Backward(input, count, into);
        _advantage.Backward(input, count, into with { Accumulate = true });
    }

    protected override void Grow(int count)
    {
        base.Grow(count);
        _value.Reserve(count, training: false);
        _advantage.Reserve(count, training: false);
    }

    protected override void GrowTraining(int count)
    {
        base.GrowTraining(count);
        _value.Reserve(count, training: true);
        _advantage.Reserve(count, training: true);
    }

    private float MeanOverActions(ReadOnlySpan<float> values, int z)
    {
        var sum = 0f;
        for (var i = z; i < values.Length; i += _outputs)
        {
            sum += values[i];
        }

        return sum / _actions;
    }
}
