using DqnAspire.Environments.Atari.Preprocessing.Frames;

namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// OpenCV's area interpolation of bytes for whole factors: the sum of the covered pixels times 1/count in single
/// precision, rounded to nearest with halves to even; for factors of two both ways (with 1, 3 or 4 channels) an integer
/// mean whose halves go up.
/// </summary>
internal sealed class WholeFactorArea(FrameFormat input, FrameFormat output)
{
    private readonly int _rows = input.Height / output.Height;
    private readonly int _columns = input.Width / output.Width;

    public void Apply(ReadOnlySpan<byte> frame, Span<byte> result)
    {
        var scale = 1f / (_rows * _columns);
        var isHalving = _rows == 2 && _columns == 2 && input.Channels is 1 or 3 or 4;
        for (var row = 0; row < output.Height; row++)
        {
            var destination = result.Slice(row * output.RowElements, output.RowElements);
            for (var element = 0; element < destination.Length; element++)
            {
                var column = (element / input.Channels * _columns * input.Channels) + (element % input.Channels);
                var sum = Sum(frame, row * _rows, column);
                destination[element] = (byte)(isHalving ? (sum + 2) >> 2 : (int)MathF.Round(sum * scale));
            }
        }
    }

    private int Sum(ReadOnlySpan<byte> frame, int row, int column)
    {
        var sum = 0;
        for (var y = row; y < row + _rows; y++)
        {
            for (var x = 0; x < _columns; x++)
            {
                sum += frame[(y * input.RowElements) + column + (x * input.Channels)];
            }
        }

        return sum;
    }
}
