using DqnAspire.Atari2600;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// What ALE's table of properties says of one image of a cartridge, a dump. Dumps of one game differ: a PAL version
/// begins on another line of the picture, for example.
/// </summary>
/// <param name="Display">The part of <see cref="ConsoleOptions"/> that is the picture.</param>
/// <param name="Controllers">The part of them that is the controllers and switches.</param>
internal sealed record DumpProperties(
    Func<ConsoleOptions, ConsoleOptions> Display, Func<ConsoleOptions, ConsoleOptions> Controllers)
{
    /// <summary>A dump that the table does not name has ALE's defaults; nothing is said of its controllers.</summary>
    public static DumpProperties Default { get; } = new(
        options =>
        {
            var defaults = new ConsoleOptions();
            return options with
            {
                FirstLine = defaults.FirstLine,
                Height = defaults.Height,
                HmoveBlanks = defaults.HmoveBlanks,
                Format = defaults.Format,
                GrowsForPal = defaults.GrowsForPal,
            };
        },
        options => options);
}
