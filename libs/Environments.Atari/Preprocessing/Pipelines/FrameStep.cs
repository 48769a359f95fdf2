using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Atari.Preprocessing.Pipelines;

/// <summary>An operation on frames, before it is known what frames there will be.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Create">Makes the operation for frames of a format.</param>
public sealed record FrameStep(string Name, Func<FrameFormat, IFrameOperation> Create)
{
    /// <summary><see cref="Frames.ProcessFrame84"/>.</summary>
    public static FrameStep ProcessFrame84 { get; } = new("ProcessFrame84", input => new ProcessFrame84(input));

    /// <summary>Pillow's 8-bit luma.</summary>
    public static FrameStep PillowGray { get; } = new("luma (Pillow)", RgbToGray.Pillow);

    /// <summary><see cref="Frames.LumaToSignedUnit"/>.</summary>
    public static FrameStep LumaToSignedUnit { get; } = new("luma on -1..1", input => new LumaToSignedUnit(input));

    /// <summary>OpenCV's area resize.</summary>
    /// <param name="width">New width.</param>
    /// <param name="height">New height.</param>
    /// <returns>The step.</returns>
    public static FrameStep AreaResize(int width, int height) =>
        new($"area resize to {width}x{height}", input => new AreaResize(input, width, height));

    /// <summary>Pillow's resize.</summary>
    /// <param name="width">New width.</param>
    /// <param name="height">New height.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The step.</returns>
    public static FrameStep PillowResize(int width, int height, PillowFilter filter) =>
        new($"{filter} resize to {width}x{height} (Pillow)", input => new PillowResize(input, width, height, filter));

    /// <summary>A rectangle of the frame.</summary>
    /// <param name="top">Rows left out at the top.</param>
    /// <param name="bottom">Rows left out at the bottom.</param>
    /// <param name="left">Columns left out at the left.</param>
    /// <param name="right">Columns left out at the right.</param>
    /// <returns>The step.</returns>
    public static FrameStep Crop(int top, int bottom, int left, int right) =>
        new($"rows {top}:-{bottom}, columns {left}:-{right}", input => new Crop(input, top, bottom, left, right));
}
