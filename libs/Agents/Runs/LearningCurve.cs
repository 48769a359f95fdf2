using System.Globalization;
using System.Text;

namespace DqnAspire.Agents.Runs;

/// <summary>
/// A run's curves as one SVG picture: returns above, losses below where there are any. Gathers points as they come; long
/// runs are drawn as means of neighbouring points, so a picture stays small.
/// </summary>
public sealed class LearningCurve
{
    private const int Width = 760;
    private const int PanelHeight = 220;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 34;
    private const int Bottom = 34;
    private const int MaxPoints = 600;

    private readonly List<double> _returns = [];
    private readonly List<double> _validations = [];
    private readonly List<double> _losses = [];

    /// <summary>Adds what a logged line has.</summary>
    public void Add(RunRecord record)
    {
        Add(_returns, record.Return);
        Add(_validations, record.ValidationReturn);
        Add(_losses, record.Loss);
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="title">Its title.</param>
    public string ToSvg(string title)
    {
        var panels = _losses.Count > 0 ? 2 : 1;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {panels * PanelHeight}\" font-family=\"sans-serif\" font-size=\"12\">\n"));
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Panel(svg, 0, title, [("episode return", "#9ecae1", _returns), ("validation return", "#08519c", _validations)]);
        if (panels == 2)
        {
            Panel(svg, PanelHeight, "loss", [("mean loss of the episode", "#a63603", _losses)]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Add(List<double> points, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            points.Add(number);
        }
    }

    private static void Panel(StringBuilder svg, int y, string title, (string Name, string Colour, List<double> Points)[] series)
    {
        var drawn = series.Where(s => s.Points.Count > 0).ToList();
        var all = drawn.SelectMany(s => s.Points).DefaultIfEmpty(0).ToList();
        var (low, high) = (Math.Min(0, all.Min()), all.Max());
        high = high > low ? high : low + 1;
        var (bottom, height) = (y + PanelHeight - Bottom, PanelHeight - Top - Bottom);
        var width = Width - Left - Right;
        svg.Append(Invariant($"<text x=\"{Left}\" y=\"{y + 18}\" font-weight=\"bold\">{System.Net.WebUtility.HtmlEncode(title)}</text>\n"));
        for (var i = 0; i <= 4; i++)
        {
            var (value, at) = (low + ((high - low) * i / 4), bottom - (height * i / 4.0));
            svg.Append(Invariant($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{at:0.#}\" y2=\"{at:0.#}\" stroke=\"#ddd\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 6}\" y=\"{at + 4:0.#}\" text-anchor=\"end\" fill=\"#555\">{value:G4}</text>\n"));
        }

        var count = drawn.Select(s => s.Points.Count).DefaultIfEmpty(0).Max();
        svg.Append(Invariant($"<text x=\"{Width - Right}\" y=\"{bottom + 18}\" text-anchor=\"end\" fill=\"#555\">{count}</text>\n"));
        for (var i = 0; i < drawn.Count; i++)
        {
            var (name, colour, points) = drawn[i];
            svg.Append(Invariant($"<text x=\"{Left + (i * 150)}\" y=\"{bottom + 18}\" fill=\"{colour}\">{name}</text>\n"));
            svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" points=\""));
            var bucket = (points.Count + MaxPoints - 1) / MaxPoints;
            for (var start = 0; start < points.Count; start += bucket)
            {
                var size = Math.Min(bucket, points.Count - start);
                var mean = points.GetRange(start, size).Average();
                var x = Left + (width * (start + (size / 2.0)) / points.Count);
                svg.Append(Invariant($"{x:0.#},{bottom - (height * (mean - low) / (high - low)):0.#} "));
            }

            svg.Append("\"/>\n");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
