using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// All three layouts are met: the comparisons with plain rules would not notice if one were never used.
/// </summary>
public sealed class RowWindowsTests
{
    [Fact]
    public void NarrowTaps_ShareAWindow() => Assert.Equal(3, Windows(160, 84).TapsPerWindow);

    [Fact]
    public void WideTaps_HaveAWindowEach()
    {
        var windows = Windows(160, 36);

        Assert.True(windows.Fits);
        Assert.Equal(1, windows.TapsPerWindow);
    }

    [Fact]
    public void SourcesTooFarApart_OrTooFew_DoNotFit()
    {
        Assert.False(Windows(160, 20).Fits);
        Assert.False(Windows(15, 10).Fits);
    }

    [Theory]
    [InlineData(160, 84, 1)]
    [InlineData(160, 84, 3)]
    [InlineData(160, 36, 1)]
    [InlineData(16, 15, 1)]
    public void EveryPlace_IsTheSource_AndInsideTheRow(int source, int destination, int channels)
    {
        var windows = Windows(source, destination, channels);
        Assert.True(windows.Fits);
        for (var i = 0; i < windows.Sources.Length; i++)
        {
            var (tap, half) = (i / 8, i % 8 / 4);
            var start = windows.Starts[(tap / windows.TapsPerWindow * 2) + half];
            Assert.Equal(windows.Sources[i], start + windows.Places[i]);
            Assert.InRange(start, 0, (source * channels) - 16);
            Assert.InRange(windows.Places[i], 0, 15);
        }
    }

    private static RowWindows<float> Windows(int source, int destination, int channels = 1) =>
        new(AreaTaps.Create(source, destination), channels, ByteGather.WindowLength);
}
