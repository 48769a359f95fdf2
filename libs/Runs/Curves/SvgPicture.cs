using System.Globalization;
using System.Net;
using System.Text;

namespace DqnAspire.Runs.Curves;

/// <summary>
/// Writes the few elements of SVG that charts are made of; lengths are in user units, one a pixel at full size.
/// </summary>
internal sealed class SvgPicture
{
    private readonly StringBuilder _svg = new();

    public SvgPicture(int width, int height)
    {
        Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" ");
        Append($"width=\"{width}\" height=\"{height}\" ");
        Append($"font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"12\">\n");
        Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n");
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1)
    {
        Append($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" ");
        Append($"stroke=\"{colour}\" stroke-width=\"{width:0.##}\"/>\n");
    }

    // The anchor is "start", "middle" or "end"; further attributes are as they are to be written.
    public void Text(
        double x, double y, string text, string colour = Palette.Ink, string anchor = "start", string attributes = "")
    {
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" fill=\"{colour}\" text-anchor=\"{anchor}\"");
        Append($"{(attributes.Length > 0 ? " " : "")}{attributes}>{WebUtility.HtmlEncode(text)}</text>\n");
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double width, double opacity = 1)
    {
        Append($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width:0.##}\" ");
        Append($"stroke-opacity=\"{opacity:0.##}\" stroke-linejoin=\"round\" points=\"{Points(points)}\"/>\n");
    }

    public void Polygon(IEnumerable<(double X, double Y)> points, string colour, double opacity) =>
        Append($"<polygon fill=\"{colour}\" fill-opacity=\"{opacity:0.##}\" points=\"{Points(points)}\"/>\n");

    public void Dot(double x, double y, double radius, string colour, double opacity = 1)
    {
        Append($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.##}\" ");
        Append($"fill=\"{colour}\" fill-opacity=\"{opacity:0.##}\"/>\n");
    }

    public override string ToString() => $"{_svg}</svg>\n";

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(p => FormattableString.Invariant($"{p.X:0.#},{p.Y:0.#}")));

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
