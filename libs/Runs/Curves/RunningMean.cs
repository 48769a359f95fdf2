namespace DqnAspire.Runs.Curves;

/// <summary>The mean of the last values, of all of them while there are fewer than the window holds.</summary>
/// <param name="window">How many, at least 1.</param>
internal sealed class RunningMean(int window)
{
    private readonly Queue<double> _values = new(window);

    /// <summary>Takes a value in.</summary>
    /// <returns>The mean with it.</returns>
    public double Add(double value)
    {
        if (_values.Count == window)
        {
            _values.Dequeue();
        }

        _values.Enqueue(value);
        return _values.Average();
    }
}
