using System.Globalization;
using System.Numerics.Tensors;
using DqnAspire.Core.Randomness;
using DqnAspire.NeuralNetworks.Memory;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// Dropout (Srivastava et al. 2014), scaled in training as libraries do: each value is zero with the given rate,
/// otherwise divided by 1 - rate; nothing happens outside training. A value takes 16 random bits, so the rate is kept
/// to 2^-16; values draw in memory order, four from each 64-bit draw, lowest bits first.
/// </summary>
internal sealed class DropoutLayer(Layout input, double rate, Pcg64 random) : Layer(input, input)
{
    private const int Scale = 1 << 16;

    private readonly int _threshold = (int)Math.Round(rate * Scale);
    private readonly float _kept = (float)(1 / (1 - rate));
    private AlignedBuffer _mask = AlignedBuffer.Empty;

    public override string Description => string.Create(CultureInfo.InvariantCulture, $"dropout {rate}");

    /// <summary>What each value was multiplied by in the last training pass.</summary>
    public AlignedBuffer Factors => _mask;

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        var values = input.Slice(0, count * Input.SampleStride);
        if (pass == Pass.Training)
        {
            Draw(_mask.Slice(0, values.Length));
            TensorPrimitives.Multiply(values, _mask.Slice(0, values.Length), Value.Span);
        }
        else
        {
            values.CopyTo(Value.Span);
        }
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        var length = count * Input.SampleStride;
        var delta = Delta.Slice(0, length);
        TensorPrimitives.Multiply(delta, _mask.Slice(0, length), delta);
        into.Add(delta, 0);
        into.Mask(input, 0, length);
    }

    protected override void GrowTraining(int count)
    {
        base.GrowTraining(count);
        _mask = new AlignedBuffer(count * Input.SampleStride);
    }

    private void Draw(Span<float> mask)
    {
        var bits = 0ul;
        for (var i = 0; i < mask.Length; i++)
        {
            bits = i % 4 == 0 ? random.NextUInt64() : bits >> 16;
            mask[i] = (int)(bits & 0xffff) < _threshold ? 0 : _kept;
        }
    }
}
