namespace DqnAspire.Benchmarks.Emulator;

/// <summary>
/// Frames a second of the Arcade Learning Environment 0.12.1 (g++ 12.2, -O3), one thread that only acts and fetches no
/// picture: recorded once on a machine like the one that docs/performance.md speaks of, not measured in the same run.
/// </summary>
internal static class AleFigures
{
    /// <summary>What a table calls these figures.</summary>
    public const string Name = "ALE (recorded)";

    /// <summary>Number of cartridges with a figure.</summary>
    public const int Count = 5;

    /// <summary>The figure of a cartridge; null where none was recorded.</summary>
    /// <param name="checksum">MD5 of the image.</param>
    public static double? Act(string checksum) => checksum switch
    {
        "b0e1ee07fbc73493eac5651a52f90f00" => 10_950, // tetris
        "17d6130e7e97ba3bf9ec0a2d37ee5c62" => 16_936, // 2048
        "70ea80d087143eb505915eeb910aab3d" => 18_278, // brickgame
        "ad0a34665b10572dbb1c66fa34e86d07" => 21_378, // padball
        "e6dcc807e664d138e017b1abd6bc5c3a" => 8_075, // tiafuzz_a
        _ => null,
    };

    /// <summary>Steps of four frames a second: a quarter of <see cref="Act"/>, as ALE draws every frame.</summary>
    public static double? Repeat4(string checksum) => Act(checksum) / 4;
}
