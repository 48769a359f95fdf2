using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;
using DqnAspire.Play.Recordings;
using DqnAspire.Runs.Records;
using DqnAspire.TestSupport;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class RecorderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Recorder _recorder = new(TestPolicies.Lanes);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnAtariRecording_IsPlayedAgain_PixelForPixel()
    {
        var policy = await TestPolicies.CreateAsync(
            "nature", "Environment:Id=BricksNoFrameskip-v4", "Environment:Options:repeat_action_probability=0.25");
        var settings = Settings(policy, seed: 5) with { Epsilon = 0.3, MaxSteps = 40 };
        var options = new RecordingOptions { FrameRate = 50, Speed = 50.0 / 60, Scale = 1 };

        await _recorder.RecordAsync(_folder["a.gif"], policy, settings, 2, options, stepped: null, Cancel);

        Assert.Equal(["a.gif", "a.gif.json"], _folder.Files);
        var gif = new GifReader(await File.ReadAllBytesAsync(_folder["a.gif"], Cancel));
        var recorded = RecordedFilm.Read(_folder["a.gif.json"]);
        Assert.Equal((320, 210), (gif.Width, gif.Height));
        // A picture of each reset, and four a step.
        Assert.Equal(2 * (1 + (40 * 4)), gif.Pictures.Count);
        Assert.Equal((gif.Pictures.Count, 320, 210), (recorded.PictureCount, recorded.Width, recorded.Height));
        Assert.Equal((5UL, policy.Sha256, 0.3), (recorded.Seed, recorded.PolicySha256, recorded.Epsilon));
        Assert.Equal([5UL, 6UL], recorded.Episodes.Select(e => e.Seed));
        Assert.Equal(await PicturesAsync(recorded, wide: true), gif.Pictures);
    }

    [Fact]
    public async Task AnRgbRecording_IsPlayedAgain_PixelForPixel()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");

        var recorded = await _recorder.RecordAsync(
            _folder["c.gif"], policy, Settings(policy, seed: 2), 1, new RecordingOptions(), stepped: null, Cancel);

        var gif = new GifReader(await File.ReadAllBytesAsync(_folder["c.gif"], Cancel));
        Assert.Equal(recorded.Episodes[0].Length + 1, gif.Pictures.Count);
        Assert.Equal(StepFlags.Terminated, recorded.Episodes[0].End);
        Assert.Equal(recorded.Episodes[0].Length, recorded.Episodes[0].Return);
        Assert.Equal(await PicturesAsync(recorded, wide: false), gif.Pictures);
    }

    [Fact]
    public async Task AReplayThatGoesDifferently_SaysWhere()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");
        var recorded = await _recorder.RecordAsync(
            _folder["c.gif"], policy, Settings(policy, 2), 1, new RecordingOptions(), stepped: null, Cancel);
        var episode = recorded.Episodes[0];
        var other = recorded with
        {
            Episodes = [episode with { Rewards = $"1x{episode.Length - 1} 2" }],
        };

        await using var replay = await FilmReplay.OpenAsync(TestPolicies.Lanes, other, Cancel);
        var refused = await Assert.ThrowsAsync<RecordingException>(async () =>
        {
            while (!replay.IsOver)
            {
                await replay.StepAsync(Cancel);
            }
        });

        Assert.Contains($"Step {episode.Length} ", refused.Message);
        Assert.Contains("CartPole-v1", refused.Message);
        await Assert.ThrowsAsync<RecordingException>(() => FilmReplay.OpenAsync(
            TestPolicies.Lanes, recorded with { Episodes = [episode with { Actions = "0 7" }] }, Cancel));
    }

    [Fact]
    public async Task TheBestOfSeveralEpisodes_IsRecordedByItsSeed()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");
        var settings = Settings(policy, seed: 10) with { Epsilon = 0.5 };
        var returns = new Dictionary<ulong, double>();

        var best = await _recorder.FindBestAsync(
            policy, settings, 8, episode => returns[episode.Seed] = episode.Return, Cancel);
        var recorded = await _recorder.RecordAsync(
            _folder["c.gif"], policy, settings with { Seed = best.Seed }, 1, new RecordingOptions(), null, Cancel);

        Assert.Equal(8, returns.Count);
        Assert.Equal(returns.Values.Max(), recorded.Episodes[0].Return);
        Assert.Equal(returns.First(pair => pair.Value == returns.Values.Max()).Key, recorded.Seed);
    }

    [Fact]
    public async Task ARecordingThatIsCancelled_LeavesNothing()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _recorder.RecordAsync(
            _folder["c.gif"], policy, Settings(policy, 2), 1, new RecordingOptions(),
            step =>
            {
                if (step.Index == 3)
                {
                    cancel.Cancel();
                }
            },
            cancel.Token));

        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData(RecordingFormat.Gif)]
    [InlineData(RecordingFormat.Png)]
    [InlineData(RecordingFormat.Mp4)]
    public async Task ADiskThatIsFull_GetsNoHalfRecording(RecordingFormat format)
    {
        Assert.SkipUnless(RecordingFiles.CanWrite(format), "ffmpeg is not installed.");
        using var disk = SmallDisk.Create(64 << 10);
        disk.Fill();
        var policy = await TestPolicies.CreateAsync("lunarlander-dense");
        var path = Path.Combine(disk.Path, "x" + RecordingFiles.ExtensionOf(format));

        var refused = await Assert.ThrowsAsync<RecordingException>(() => _recorder.RecordAsync(
            path, policy, Settings(policy, 2), 1, new RecordingOptions { Format = format }, null, Cancel));

        Assert.StartsWith(path, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
        disk.Free();
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public async Task AnOptionOutOfRange_IsNamed()
    {
        var policy = await TestPolicies.CreateAsync("cartpole-dense");
        foreach (var options in (RecordingOptions[])
            [new() { Scale = -1 }, new() { FrameRate = 60 }, new() { Speed = 0 }, new() { FrameRate = double.NaN }])
        {
            await Assert.ThrowsAsync<RecordingException>(() => _recorder.RecordAsync(
                _folder["x.gif"], policy, Settings(policy, 2), 1, options, null, Cancel));
        }

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task EverySecondPicture_OfAGameOf60ASecond()
    {
        var policy = await TestPolicies.CreateAsync("nature", "Environment:Id=BricksNoFrameskip-v4");

        var recorded = await _recorder.RecordAsync(
            _folder["a.gif"], policy, Settings(policy, 1) with { MaxSteps = 12 }, 1, new RecordingOptions(),
            null, Cancel);

        var gif = new GifReader(await File.ReadAllBytesAsync(_folder["a.gif"], Cancel));
        var all = await PicturesAsync(recorded, wide: true);
        Assert.Equal((30.0, 640, 420), (recorded.FramesPerSecond, gif.Width, gif.Height));
        Assert.Equal(25, gif.Pictures.Count);
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(all[2 * i], Every(gif.Pictures[i], 640, 2));
        }
    }

    private static GameSettings Settings(LoadedPolicy policy, ulong seed) =>
        new(policy.Info.EnvironmentId, policy.Info.Options, seed);

    private static byte[] Every(byte[] picture, int width, int scale) =>
        [.. Enumerable.Range(0, picture.Length / 3 / width / scale).SelectMany(y => Enumerable.Range(0, width / scale)
            .SelectMany(x => picture.AsSpan(3 * ((y * scale * width) + (x * scale)), 3).ToArray()))];

    /// <summary>All pictures of a replay in RGB, with pixels twice as wide where asked for.</summary>
    private static async Task<List<byte[]>> PicturesAsync(RecordedFilm recorded, bool wide)
    {
        await using var replay = await FilmReplay.OpenAsync(TestPolicies.Lanes, recorded, Cancel);
        var pictures = new List<byte[]>();
        do
        {
            Add();
            while (!replay.IsOver)
            {
                await replay.StepAsync(Cancel);
                Add();
            }
        }
        while (await replay.NextEpisodeAsync(Cancel));

        return pictures;

        void Add()
        {
            var (film, bytes) = (replay.Film!, replay.Film!.Format.Palette.IsEmpty ? 3 : 1);
            for (var i = 0; i < film.Count; i++)
            {
                var palette = film.Format.Palette;
                pictures.Add(bytes == 3 ? film[i].ToArray() : [.. film[i].ToArray()
                    .SelectMany(p => Enumerable.Repeat(palette.Slice(3 * p, 3).ToArray(), wide ? 2 : 1))
                    .SelectMany(rgb => rgb)]);
            }
        }
    }
}
