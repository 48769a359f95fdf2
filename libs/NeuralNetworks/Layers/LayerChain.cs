using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>Layers one after the other.</summary>
internal sealed class LayerChain : Layer
{
    private readonly Layer[] _layers;

    /// <summary>Joins layers.</summary>
    /// <param name="input">What goes in; what comes out when there are no layers.</param>
    /// <param name="layers">Each takes what the one before gives.</param>
    public LayerChain(Layout input, IEnumerable<Layer> layers)
        : this(input, layers.ToArray())
    {
    }

    private LayerChain(Layout input, Layer[] layers)
        : base(input, layers.Length > 0 ? layers[^1].Output : input) => _layers = layers;

    public override string Description => string.Join("; ", _layers.Select(l => l.Description));

    public override IEnumerable<Layer> Children => _layers;

    public override bool EndsInRelu => _layers[^1].EndsInRelu;

    public override AlignedBuffer Value => _layers[^1].Value;

    public override AlignedBuffer Delta => _layers[^1].Delta;

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        foreach (var layer in _layers)
        {
            layer.Forward(input, count, pass);
            input = layer.Value;
        }
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        for (var i = _layers.Length - 1; i > 0; i--)
        {
            var below = _layers[i - 1];
            _layers[i].Backward(
                below.Value, count, new InputGradient(below.Delta, below.EndsInRelu, Accumulate: false));
        }

        _layers[0].Backward(input, count, into);
    }

    protected override void Grow(int count)
    {
        foreach (var layer in _layers)
        {
            layer.Reserve(count, training: false);
        }
    }

    protected override void GrowTraining(int count)
    {
        foreach (var layer in _layers)
        {
            layer.Reserve(count, training: true);
        }
    }
}
