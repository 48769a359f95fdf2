using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DqnAspire.AtariTraces.Comparison;

/// <summary>Where two traces part, and everything that differs there.</summary>
/// <param name="EqualFrames">Frames before it.</param>
/// <param name="Place">The frame with its action, or the state before the first frame.</param>
/// <param name="Values">The values there in the order of a trace; of the RAM only the bytes that differ.</param>
public sealed record TraceDifference(int EqualFrames, string Place, ImmutableArray<TraceValue> Values)
{
    private const int NameWidth = 12;
    private const int ValueWidth = 18;

    /// <summary>A table: what is recorded, what is ours, and a mark where they differ.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"first difference: {Place}").AppendLine();
        text.Append(Line("", "recorded", "ours", "")).AppendLine();
        foreach (var value in Values)
        {
            text.Append(Line(value.Name, value.Recorded, value.Ours, value.IsEqual ? "" : "<-")).AppendLine();
        }

        return text.ToString().TrimEnd();
    }

    private static string Line(string name, string recorded, string ours, string mark) =>
        $"  {name.PadRight(NameWidth)}{recorded.PadRight(ValueWidth)}{ours.PadRight(ValueWidth)}{mark}".TrimEnd();
}
