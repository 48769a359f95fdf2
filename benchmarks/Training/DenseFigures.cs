using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Benchmarks.Training;

/// <summary>
/// What the network of cartpole-dense costs by itself, in nanoseconds: 4-32-32-2, a batch of 128 in mini-batches of 32.
/// </summary>
/// <param name="scale">1 for figures to quote.</param>
/// <param name="cancellationToken">Gives up between rounds.</param>
internal sealed class DenseFigures(double scale, CancellationToken cancellationToken)
{
    private const int Observation = 4;
    private const int Actions = 2;
    private const int Batch = 128;
    private const int MiniBatch = 32;

    private readonly IQNetwork _online = Create();
    private readonly IQNetwork _target = Create();
    private readonly float[] _observations = [.. Enumerable.Repeat(0.1f, Batch * Observation)];
    private readonly float[] _values = new float[Batch * Actions];

    /// <summary>
    /// The arithmetic of a training call: action values of the batch by both networks, then four gradient steps.
    /// </summary>
    public Task<double> TrainingCallAsync() => Measurement.MedianNanosecondsAsync(
        (int)(20_000 * scale),
        () =>
        {
            _target.Forward(new Observations(_observations, Batch), _values);
            _online.Forward(new Observations(_observations, Batch), _values);
            for (var start = 0; start < Batch; start += MiniBatch)
            {
                Update(start);
            }
        },
        cancellationToken);

    /// <summary>One gradient step: forward, backward, Adam.</summary>
    public Task<double> UpdateAsync() =>
        Measurement.MedianNanosecondsAsync((int)(100_000 * scale), () => Update(0), cancellationToken);

    /// <summary>Action values of one observation.</summary>
    public Task<double> ActAsync() => Measurement.MedianNanosecondsAsync(
        (int)(5_000_000 * scale),
        () => _online.Forward(new Observations(_observations.AsSpan(0, Observation), 1), _values.AsSpan(0, Actions)),
        cancellationToken);

    private void Update(int start)
    {
        var observations = new Observations(
            _observations.AsSpan(start * Observation, MiniBatch * Observation), MiniBatch);
        _online.Train(
            new TrainingBatch(observations, _values.AsSpan(start * Actions, MiniBatch * Actions)), errors: default);
    }

    private static IQNetwork Create() => ManagedBackend.Shared.Create(
        NetworkPresets.Dense(Observation, 32, 32, Actions),
        new TrainingDefinition(
            new SquaredErrorOverActions(), Adam.Keras(2e-4))
        { Clipping = GradientClipping.ByValue(2) },
        seed: 1);
}
