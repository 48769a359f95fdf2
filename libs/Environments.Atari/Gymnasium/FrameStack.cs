using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Gymnasium;

/// <summary>
/// Joins the last observations of an episode to one with a new first axis, the newest last, as Gymnasium's
/// FrameStackObservation does. It is here for programs that step one environment by themselves: training stores single
/// frames and stacks them where the network reads them.
/// </summary>
public sealed class FrameStack : IEnvironment
{
    private readonly IEnvironment _environment;
    private readonly StackPadding _padding;
    private readonly byte[] _frames;
    private readonly byte[] _newest;

    /// <summary>Wraps an environment.</summary>
    /// <param name="environment">The environment inside.</param>
    /// <param name="size">Observations of a stack, at least 1.</param>
    /// <param name="padding">What stands for those before the first.</param>
    /// <exception cref="ArgumentException">Observations are indices of states.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public FrameStack(IEnvironment environment, int size, StackPadding padding)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var single = environment.ObservationSpace;
        if (single.States > 0)
        {
            throw new ArgumentException("The index of a state cannot be stacked.", nameof(environment));
        }

        _environment = environment;
        _padding = padding;
        _newest = new byte[single.ByteCount];
        _frames = new byte[checked(size * single.ByteCount)];
        ObservationSpace = ObservationSpace.Box(
            single.ElementType, [size, .. single.Shape], Repeat(single.Low), Repeat(single.High));

        double[] Repeat(IReadOnlyList<double> bounds) =>
            bounds.Count == 1 ? [.. bounds] : [.. Enumerable.Repeat(bounds, size).SelectMany(frame => frame)];
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace => _environment.ActionSpace;

    /// <inheritdoc/>
    public int MaxEpisodeSteps => _environment.MaxEpisodeSteps;

    /// <inheritdoc/>
    public IDisplay? Display => _environment.Display;

    /// <inheritdoc/>
    public ResetEvents LastReset => _environment.LastReset;

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => _environment.InfoNames;

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values) => _environment.ReadInfo(values);

    /// <inheritdoc/>
    public void Change(string name, string value) => _environment.Change(name, value);

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        _environment.Reset(seed, _newest);
        Array.Clear(_frames);
        var padded = _padding == StackPadding.Repeat ? 0 : _frames.Length - _newest.Length;
        for (var start = padded; start < _frames.Length; start += _newest.Length)
        {
            _newest.CopyTo(_frames.AsSpan(start));
        }

        _frames.CopyTo(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(int action, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        var result = _environment.Step(action, _newest);
        _frames.AsSpan(_newest.Length).CopyTo(_frames);
        _newest.CopyTo(_frames.AsSpan(_frames.Length - _newest.Length));
        _frames.CopyTo(observation);
        return result;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(nameof(FrameStack));
        writer.Setting("padding", $"{_padding}");
        writer.Setting("bytes", _frames.Length);
        writer.Write(_frames.AsSpan());
        _environment.SaveState(writer);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(nameof(FrameStack));
        reader.Setting("padding", $"{_padding}");
        reader.Setting("bytes", _frames.Length);
        reader.Read(_frames.AsSpan());
        _environment.RestoreState(reader);
    }
}
