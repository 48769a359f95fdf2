using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Curves;

/// <summary>
/// A run's curves as one SVG picture over agent steps: returns and their mean over the last 100 above, losses below
/// where there are any. Gathers points as they come, in a space that does not grow with the run.
/// </summary>
public sealed class LearningCurve
{
    private const int Width = 860;
    private const int ReturnHeight = 340;
    private const int LossHeight = 240;
    private const int Window = 100;

    private readonly DecimatedSeries _returns = new();
    private readonly DecimatedSeries _means = new();
    private readonly DecimatedSeries _validations = new();
    private readonly DecimatedSeries _losses = new();
    private readonly RunningMean _running = new(Window);

    /// <summary>Adds what a logged line has.</summary>
    public void Add(LogRecord record)
    {
        if (record.Return is { } episodeReturn && double.IsFinite(episodeReturn))
        {
            _returns.Add(record.Steps, episodeReturn);
            _means.Add(record.Steps, _running.Add(episodeReturn));
        }

        _validations.Add(record.Steps, record.ValidationReturn ?? double.NaN);
        _losses.Add(record.Steps, record.Loss ?? double.NaN);
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="title">Its title.</param>
    public string ToSvg(string title)
    {
        var losses = _losses.Points;
        var (returns, means, validations) = (_returns.Points, _means.Points, _validations.Points);
        var picture = new SvgPicture(Width, ReturnHeight + (losses.Count > 0 ? LossHeight : 0));
        var steps = new[] { returns, validations, losses }.SelectMany(points => points).Select(p => p.Steps)
            .DefaultIfEmpty(0).Max();
        var x = Axis.Over("agent steps", 0, steps, intervals: 8).EndingAt(steps);

        var panel = new Panel(picture, 0, Width, ReturnHeight, title, x, Scale("return", [.. returns, .. validations]));
        Draw(panel, "episode", returns, _returns.IsDecimated, Palette.Series(5), 1);
        Draw(panel, "validation", validations, _validations.IsDecimated, Palette.Series(1), 1.2);
        if (means.Count > 0)
        {
            panel.Line(means, Palette.Series(0), 2.4);
            panel.Legend($"mean of last {Window}", Palette.Series(0), 2.4);
        }

        if (losses.Count > 0)
        {
            var below = new Panel(picture, ReturnHeight, Width, LossHeight, "Loss", x, Scale("loss", losses));
            Draw(below, "mean of an episode's updates", losses, _losses.IsDecimated, Palette.Series(2), 1.2);
        }

        return picture.ToString();
    }

    private static Axis Scale(string label, IReadOnlyCollection<CurvePoint> points) => Axis.Over(
        label,
        Math.Min(0, points.Select(p => p.Low).DefaultIfEmpty(0).Min()),
        points.Select(p => p.High).DefaultIfEmpty(0).Max());

    private static void Draw(
        Panel panel, string name, IReadOnlyList<CurvePoint> points, bool isDecimated, string colour, double width)
    {
        if (points.Count == 0)
        {
            return;
        }

        if (isDecimated)
        {
            panel.Band(points, colour, 0.2);
        }

        panel.Line(points, colour, width, opacity: 0.9);
        panel.Legend(name, colour, width);
    }
}
