namespace DqnAspire.Runs.Curves;

/// <summary>Colours of series; those of M. Okabe and K. Ito, told apart by colour-blind readers too.</summary>
internal static class Palette
{
    public const string Ink = "#1f2933";
    public const string Faint = "#616e7c";
    public const string Grid = "#e4e7eb";
    public const string Frame = "#9aa5b1";

    private static readonly string[] Colours =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    /// <summary>The colour of the n-th series.</summary>
    public static string Series(int n) => Colours[n % Colours.Length];
}
