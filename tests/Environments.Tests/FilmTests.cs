using DqnAspire.Core.Lanes;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Environments.Tests;

/// <summary>What people see of a lane, and that an agent notices nothing of it.</summary>
public sealed class FilmTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAtariGame_ShowsEveryFrameOfAStep_AsOneThatSkipsNone()
    {
        await using var skipping =
            await OpenAsync("ALE/Bricks-v5", ("frameskip", "4"), ("repeat_action_probability", "0"));
        await using var every =
            await OpenAsync("ALE/Bricks-v5", ("frameskip", "1"), ("repeat_action_probability", "0"));
        Assert.True(await skipping.CaptureAsync(Cancel));
        Assert.True(await every.CaptureAsync(Cancel));
        Assert.Equal(1, skipping.Film!.Count);
        Assert.Equal(every.Film!.Pictures.ToArray(), skipping.Film.Pictures.ToArray());
        var random = new Random(3);
        for (var step = 0; step < 60; step++)
        {
            var action = random.Next(4);
            await skipping.StepAsync(new[] { action }, Cancel);
            Assert.Equal(4, skipping.Film.Count);
            var sound = new List<byte>();
            for (var frame = 0; frame < 4; frame++)
            {
                await every.StepAsync(new[] { action }, Cancel);
                Assert.Equal(every.Film[0].ToArray(), skipping.Film[frame].ToArray());
                sound.AddRange(every.Film.Sound.Span);
            }

            Assert.Equal(sound, skipping.Film.Sound.ToArray());
            Assert.Equal(4 * skipping.Film.Format.SampleRate / 60, sound.Count);
        }
    }

    [Theory]
    [InlineData("BricksNoFrameskip-v4")]
    [InlineData("CartPole-v1")]
    [InlineData("FrozenLake-v1")]
    public async Task AnAgent_NoticesNothing(string id)
    {
        await using var watched = await OpenAsync(id);
        await using var alone = await OpenAsync(id);
        Assert.True(await watched.CaptureAsync(Cancel));
        var random = new Random(5);
        for (var step = 0; step < 300; step++)
        {
            var action = new[] { random.Next(alone.Environment.Actions) };
            await watched.StepAsync(action, Cancel);
            await alone.StepAsync(action, Cancel);
            Assert.Equal(alone.NextObservations.ToArray(), watched.NextObservations.ToArray());
            Assert.Equal(alone.Rewards.ToArray(), watched.Rewards.ToArray());
            Assert.Equal(alone.Flags.ToArray(), watched.Flags.ToArray());
            if (alone.Flags.Span[0] != Core.StepFlags.None)
            {
                await watched.ResetAsync(0, seed: null, Cancel);
                await alone.ResetAsync(0, seed: null, Cancel);
            }
        }
    }

    [Fact]
    public async Task AScreenWithOnePictureAStep_IsRead_AtItsOwnSpeed()
    {
        await using var lanes = await OpenAsync("CartPole-v1");
        Assert.Null(lanes.Film);
        Assert.True(await lanes.CaptureAsync(Cancel));
        var format = lanes.Film!.Format;
        Assert.Equal((600, 400, 50.0, 0), (format.Width, format.Height, format.FramesPerSecond, format.SampleRate));

        await lanes.StepAsync(new[] { 1 }, Cancel);

        Assert.Equal(1, lanes.Film.Count);
        Assert.Equal(600 * 400 * 3, lanes.Film.Pictures.Length);
    }

    [Fact]
    public void AFilm_GrowsAsItIsNeeded_AndIsUsedAgain()
    {
        var film = new Film(new FilmFormat(2, 1) { Palette = new byte[6] });
        for (var i = 0; i < 5; i++)
        {
            film.Add().Fill((byte)i);
            film.AddSound(i).Fill((byte)i);
        }

        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], film.Pictures.ToArray());
        Assert.Equal([1, 2, 2, 3, 3, 3, 4, 4, 4, 4], film.Sound.ToArray());
        film.Take([7, 8], [9]);
        Assert.Equal([7, 8], film[0].ToArray());
        Assert.Equal((1, 1), (film.Count, film.Sound.Length));
        Assert.Throws<ArgumentException>(() => film.Take([1], []));
    }

    private static Task<ILanes> OpenAsync(string id, params (string Name, string Value)[] options) =>
        new LocalLaneSource(BuiltInEnvironments.Registry).OpenAsync(
            id, options.ToDictionary(o => o.Name, o => o.Value), 1, seed: 4, autoReset: false, Cancel);
}
