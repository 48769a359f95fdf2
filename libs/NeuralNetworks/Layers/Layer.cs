using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// A layer with its work space. The forward pass fills <see cref="Value"/>. The layer above, or the loss, fills
/// <see cref="Delta"/>: the gradient of the loss by the value, or by the input of the ReLU where the layer ends in one.
/// The backward pass computes the gradients of the parameters and of the input.
/// </summary>
/// <param name="input">The layout of the input.</param>
/// <param name="output">The layout of the output.</param>
internal abstract class Layer(Layout input, Layout output)
{
    private int _capacity;
    private int _trainingCapacity;

    public Layout Input { get; } = input;

    public Layout Output { get; } = output;

    /// <summary>Kind and sizes for the network's table, for example "convolution 32 8x8 stride 4, ReLU".</summary>
    public abstract string Description { get; }

    /// <summary>
    /// Prefix of its tensors' names in files, without the network's prefix; set by <see cref="NetworkBuilder"/>.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>The trained tensors, in the order of files and initialisers.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The layers inside this one, which own its parameters.</summary>
    public virtual IEnumerable<Layer> Children => [];

    /// <summary>True when the value comes from a ReLU: <see cref="Delta"/> is zero where the value is zero.</summary>
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
