using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// A layer with its work space. Forward fills <see cref="Value"/>; the layer above (or the loss) then fills <see
/// cref="Delta"/>, the gradient of the loss with respect to the value, or to what goes into the ReLU where the layer
/// ends in one; backward leaves the gradients of the parameters and of the input.
/// </summary>
/// <param name="input">What goes in.</param>
/// <param name="output">What comes out.</param>
internal abstract class Layer(Layout input, Layout output)
{
    private int _capacity;
    private int _trainingCapacity;

    public Layout Input { get; } = input;

    public Layout Output { get; } = output;

    /// <summary>Kind and sizes for the network's table, for example "convolution 32 8x8 stride 4, ReLU".</summary>
    public abstract string Description { get; }

    /// <summary>Name of its tensors in files, without the network's prefix; set by the network.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it trains, in the order of files and initialisers.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Layers inside it; they own the parameters then.</summary>
    public virtual IEnumerable<Layer> Children => [];

    /// <summary>True when the value is a ReLU's: <see cref="Delta"/> is zero where the value is.</summary>
    public virtual bool EndsInRelu => false;

    public virtual AlignedBuffer Value { get; private set; } = AlignedBuffer.Empty;

    public virtual AlignedBuffer Delta { get; private set; } = AlignedBuffer.Empty;

    /// <summary>Makes room for a number of samples.</summary>
    public void Reserve(int count, bool training)
    {
        if (count > _capacity)
        {
            _capacity = count;
            Grow(count);
        }

        if (training && count > _trainingCapacity)
        {
            _trainingCapacity = count;
            GrowTraining(count);
        }
    }

    public abstract void Forward(AlignedBuffer input, int count, Pass pass);

    public abstract void Backward(AlignedBuffer input, int count, InputGradient into);

    protected virtual void Grow(int count) => Value = new AlignedBuffer(count * Output.SampleStride);

    protected virtual void GrowTraining(int count) => Delta = new AlignedBuffer(count * Output.SampleStride);
}
