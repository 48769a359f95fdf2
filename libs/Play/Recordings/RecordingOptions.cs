using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Recordings.Gif;

namespace DqnAspire.Play.Recordings;

/// <summary>How a recording looks.</summary>
public sealed record RecordingOptions
{
    /// <summary>Most rows that a row of the screen can take.</summary>
    public const int MaxScale = 20;

    /// <summary>Most pictures a second.</summary>
    public const double MaxFrameRate = 240;

    /// <summary>Least pictures a second.</summary>
    public const double MinFrameRate = 0.1;

    private const double MinSpeed = 1.0 / 16;
    private const double MaxSpeed = 16;

    /// <summary>The kind of file.</summary>
    public RecordingFormat Format { get; init; }

    /// <summary>Rows that a row of the screen takes; 0: as many as stay below 480 rows.</summary>
    public int Scale { get; init; }

    /// <summary>Whether the Atari's pixels are twice as wide as high, as on a television.</summary>
    public bool SquarePixels { get; init; } = true;

    /// <summary>
    /// Pictures a second; 0: the game's own, or for a GIF the most that it can show evenly, every second of 60.
    /// </summary>
    public double FrameRate { get; init; }

    /// <summary>Speed of play, pictures and sound; 1: the game's own.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>What is written below the picture.</summary>
    public Overlays Overlays { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="RecordingException">One is out of its range; the message begins with its name.</exception>
    public void Validate()
    {
        Require(Scale is >= 0 and <= MaxScale, "scale", Scale, $"is not a number from 0 to {MaxScale}");
        Require(
            FrameRate is 0 or (>= MinFrameRate and <= MaxFrameRate), "frame rate", FrameRate,
            FormattableString.Invariant($"is not a number from {MinFrameRate} to {MaxFrameRate}"));
        Require(
            Format != RecordingFormat.Gif || FrameRate <= GifWriter.MaxFramesPerSecond, "frame rate", FrameRate,
            FormattableString.Invariant($"is more than a GIF can show, {GifWriter.MaxFramesPerSecond} a second"));
        Require(
            Speed is >= MinSpeed and <= MaxSpeed, "speed", Speed,
            FormattableString.Invariant($"is not a number from {MinSpeed} to {MaxSpeed}"));
    }

    /// <summary>Pictures a second of a recording of a film.</summary>
    /// <param name="film">What is recorded.</param>
    public double FrameRateOf(FilmFormat film)
    {
        ArgumentNullException.ThrowIfNull(film);
        var shown = film.FramesPerSecond * Speed;
        return FrameRate > 0 ? FrameRate
            : Format == RecordingFormat.Gif ? shown / Math.Ceiling(shown / GifWriter.MaxFramesPerSecond)
            : shown;
    }

    private static void Require(bool holds, string name, double value, string problem)
    {
        if (!holds)
        {
            throw new RecordingException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: {value} {problem}."));
        }
    }
}
