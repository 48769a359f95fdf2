using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Curves;

/// <summary>
/// Several runs in one SVG picture over agent steps: each run's mean return of the last 100 episodes as a thin line
/// with a dot where the run ended; for each group (a preset, say) the mean of its runs as a thick line, in a band from
/// the lowest to the highest of them. A run that has ended counts on with its last value, so that those that solve
/// early are not left out.
/// </summary>
public sealed class SeedCurves
{
    private const int Width = 860;
    private const int Height = 420;
    private const int Window = 100;
    private const int GridPoints = 400;

    private readonly List<(string Name, List<List<CurvePoint>> Runs)> _groups = [];

    /// <summary>Adds a run.</summary>
    /// <param name="group">What it is a run of; runs of one group get one colour.</param>
    /// <param name="records">Its log. Returns are drawn; where it has none, validation returns.</param>
    public void Add(string group, IReadOnlyCollection<LogRecord> records)
    {
        var values = records.Any(r => r.Return is not null)
            ? records.Select(r => (r.Steps, Value: r.Return))
            : records.Select(r => (r.Steps, Value: r.ValidationReturn));
        var mean = new RunningMean(Window);
        var curve = new List<CurvePoint>();
        foreach (var (steps, value) in values)
        {
            if (value is { } number && double.IsFinite(number))
            {
                var smooth = mean.Add(number);
                curve.Add(new CurvePoint(steps, smooth, smooth, smooth));
            }
        }

        if (_groups.FindIndex(g => g.Name == group) is var at && at < 0)
        {
            at = _groups.Count;
            _groups.Add((group, []));
        }

        if (curve.Count > 0)
        {
            _groups[at].Runs.Add(curve);
        }
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="title">Its title.</param>
    public string ToSvg(string title)
    {
        var points = _groups.SelectMany(g => g.Runs).SelectMany(r => r).ToList();
        var steps = points.Select(p => p.Steps).DefaultIfEmpty(0).Max();
        var picture = new SvgPicture(Width, Height);
        var panel = new Panel(
            picture,
            0,
            Width,
            Height,
            title,
            Axis.Over("agent steps", 0, steps, intervals: 8).EndingAt(steps),
            Axis.Over(
                $"mean return of the last {Window} episodes",
                Math.Min(0, points.Select(p => p.Mean).DefaultIfEmpty(0).Min()),
                points.Select(p => p.Mean).DefaultIfEmpty(0).Max()));
        var groups = _groups.Where(g => g.Runs.Count > 0).ToList();
        var summaries = groups.Select(g => Summarise(g.Runs, steps)).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            panel.Band(summaries[i], Palette.Series(i), 0.15);
        }

        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var run in groups[i].Runs)
            {
                panel.Line(Thin(run), Palette.Series(i), 1, groups[i].Runs.Count > 1 ? 0.45 : 1);
                panel.Dot(run[^1], Palette.Series(i));
            }
        }

        for (var i = 0; i < groups.Count; i++)
        {
            var (name, runs) = groups[i];
            panel.Line(summaries[i], Palette.Series(i), 2.8);
            panel.Legend(
                runs.Count > 1 ? $"{name}: mean and range of {runs.Count} runs" : name, Palette.Series(i), 2.8);
        }

        return picture.ToString();
    }

    /// <summary>
    /// Mean, lowest and highest of the runs at equally spaced steps, from where all of them have a value.
    /// </summary>
    private static List<CurvePoint> Summarise(List<List<CurvePoint>> runs, double steps)
    {
        var summary = new List<CurvePoint>();
        var at = new int[runs.Count];
        var begin = runs.Max(r => r[0].Steps);
        for (var i = 0; i <= GridPoints; i++)
        {
            var x = begin + ((steps - begin) * i / GridPoints);
            var values = new double[runs.Count];
            for (var run = 0; run < runs.Count; run++)
            {
                while (at[run] + 1 < runs[run].Count && runs[run][at[run] + 1].Steps <= x)
                {
                    at[run]++;
                }

                values[run] = Value(runs[run], at[run], x);
            }

            summary.Add(new CurvePoint(x, values.Average(), values.Min(), values.Max()));
        }

        return summary;
    }

    /// <summary>A run's value between its point at an index and the next one, on the line that joins them.</summary>
    private static double Value(List<CurvePoint> run, int index, double steps)
    {
        var from = run[index];
        if (index + 1 == run.Count)
        {
            return from.Mean;
        }

        var to = run[index + 1];
        return from.Mean + ((to.Mean - from.Mean) * (steps - from.Steps) / (to.Steps - from.Steps));
    }

    private static IReadOnlyList<CurvePoint> Thin(List<CurvePoint> run)
    {
        var series = new DecimatedSeries();
        foreach (var point in run)
        {
            series.Add(point.Steps, point.Mean);
        }

        return [.. series.Points, run[^1]];
    }
}
