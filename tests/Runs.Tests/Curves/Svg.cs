using System.Globalization;
using System.Xml.Linq;

namespace DqnAspire.Runs.Tests.Curves;

/// <summary>What is in an SVG picture.</summary>
internal static class Svg
{
    public static List<List<(double X, double Y)>> Lines(string svg) => Shapes(svg, "polyline");

    public static List<List<(double X, double Y)>> Bands(string svg) => Shapes(svg, "polygon");

    public static List<string> Texts(string svg) => [.. Elements(svg, "text").Select(e => e.Value)];

    public static int Dots(string svg) => Elements(svg, "circle").Count();

    private static List<List<(double X, double Y)>> Shapes(string svg, string name) =>
    [
        .. Elements(svg, name).Select(e => e
            .Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split(','))
            .Select(p => (
                double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))
            .ToList()),
    ];

    private static IEnumerable<XElement> Elements(string svg, string name) =>
        XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == name);
}
