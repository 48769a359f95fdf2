namespace DqnAspire.Runs.Curves;

/// <summary>One pair of axes in a picture: title, legend, grid, and the series in it.</summary>
internal sealed class Panel
{
    private const int LeftMargin = 70;
    private const int RightMargin = 24;
    private const int TopMargin = 56;
    private const int BottomMargin = 48;
    private const double LegendLetter = 6.6;

    private readonly SvgPicture _picture;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly double _left;
    private readonly double _right;
    private readonly double _top;
    private readonly double _bottom;
    private double _legendAt;

    /// <summary>Draws title, grid and axes.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="offset">Its upper edge in the picture.</param>
    /// <param name="width">Width, margins included.</param>
    /// <param name="height">Height, margins included.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="x">The axis below.</param>
    /// <param name="y">The axis at the left.</param>
    public Panel(SvgPicture picture, double offset, double width, double height, string title, Axis x, Axis y)
    {
        _picture = picture;
        _x = x;
        _y = y;
        (_left, _right) = (LeftMargin, width - RightMargin);
        (_top, _bottom) = (offset + TopMargin, offset + height - BottomMargin);
        _legendAt = _left;
        picture.Text(_left, offset + 24, title, attributes: "font-size=\"15\" font-weight=\"600\"");
        foreach (var tick in y.Ticks)
        {
            var at = Y(tick);
            picture.Line(_left, at, _right, at, Palette.Grid);
            picture.Text(_left - 8, at + 4, y.Format(tick), Palette.Faint, "end");
        }

        foreach (var tick in x.Ticks.Where(t => t <= x.High))
        {
            var at = X(tick);
            picture.Line(at, _bottom, at, _bottom + 5, Palette.Frame);
            picture.Text(at, _bottom + 19, x.Format(tick), Palette.Faint, "middle");
        }

        picture.Line(_left, _bottom, _right, _bottom, Palette.Frame);
        picture.Text((_left + _right) / 2, _bottom + 38, x.Label, anchor: "middle");
        var middle = (_top + _bottom) / 2;
        picture.Text(
            18,
            middle,
            y.Label,
            anchor: "middle",
            attributes: FormattableString.Invariant($"transform=\"rotate(-90 18 {middle:0.#})\""));
    }

    /// <summary>A line through the means.</summary>
    public void Line(IReadOnlyList<CurvePoint> points, string colour, double width, double opacity = 1)
    {
        if (points.Count == 1)
        {
            _picture.Dot(X(points[0].Steps), Y(points[0].Mean), 1.5 * width, colour, opacity);
        }
        else if (points.Count > 1)
        {
            _picture.Polyline(points.Select(p => (X(p.Steps), Y(p.Mean))), colour, width, opacity);
        }
    }

    /// <summary>The area between the smallest and the largest values.</summary>
    public void Band(IReadOnlyList<CurvePoint> points, string colour, double opacity)
    {
        if (points.Count > 1)
        {
            _picture.Polygon(
                points.Select(p => (X(p.Steps), Y(p.High))).Concat(
                    points.Reverse().Select(p => (X(p.Steps), Y(p.Low)))), colour, opacity);
        }
    }

    /// <summary>A dot.</summary>
    public void Dot(CurvePoint point, string colour) => _picture.Dot(X(point.Steps), Y(point.Mean), 3, colour);

    /// <summary>A series' entry in the legend, which runs below the title.</summary>
    public void Legend(string name, string colour, double width)
    {
        var at = _top - 17;
        _picture.Line(_legendAt, at - 4, _legendAt + 22, at - 4, colour, width);
        _picture.Text(_legendAt + 28, at, name, Palette.Faint);
        _legendAt += 28 + (name.Length * LegendLetter) + 20;
    }

    private double X(double value) => _left + ((_right - _left) * _x.Place(value));

    private double Y(double value) => _bottom - ((_bottom - _top) * _y.Place(value));
}
