using DqnAspire.Atari2600;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari;

/// <summary>
/// The picture after a step is that of the last frame that was played, whichever frame of the step ended the episode. A
/// twin draws every frame.
/// </summary>
public sealed class LastPictureTests
{
    private const int Size = 210 * AtariConsole.Width;

    /// <summary>Every frame of a step ends an episode for some of the limits.</summary>
    [Theory]
    [InlineData("bricks", 1, 1)]
    [InlineData("bricks", 2, 2)]
    [InlineData("volley", 3, 3)]
    [InlineData("volley", 4, 4)]
    [InlineData("bricks", 5, 5)]
    [InlineData("volley", 12, 12)]
    [InlineData("bricks", 2, 4)]
    [InlineData("volley", 1, 9)]
    public void WhereTheFramesAreUsedUp_ThePictureIsTheLastFrames(string game, int minSkip, int maxSkip)
    {
        for (var limit = 37; limit < 37 + maxSkip; limit++)
        {
            Compare(game, minSkip, maxSkip, seed: limit, new AtariGameOptions
            {
                MaxFramesPerEpisode = limit,
                RepeatActionProbability = 0.25,
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void WhereALifeIsLost_ThePictureIsTheLastFrames(int skip)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            Compare("bricks", skip, skip, seed, new AtariGameOptions
            {
                TruncateOnLossOfLife = true,
                RepeatActionProbability = 0.25,
            });
        }
    }

    /// <summary>ALE's own frame skip, and a picture that is made of two.</summary>
    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void WithTheEmulatorsOwnSkip_ThePictureIsTheLastFrames(int skip, bool averages) =>
        Compare("volley", 2, 2, seed: 9, new AtariGameOptions
        {
            MaxFramesPerEpisode = 51,
            FrameSkip = skip,
            ColorAveraging = averages,
        });

    /// <summary>A picture that was not announced is had later, and the game goes on as if nobody had looked.</summary>
    [Fact]
    public void APictureThatNobodyAnnounced_IsTheSame()
    {
        var rule = GameCatalog.Default.Get("volley");
        var (drawn, undrawn) = (Create(rule, 1, 1, new()), Create(rule, 1, 1, new()));
        drawn.Reset(3);
        undrawn.Reset(3);
        var random = new Random(3);
        byte[] left = new byte[Size], right = new byte[Size];
        for (var step = 0; step < 400; step++)
        {
            var action = random.Next(drawn.ActionSpace.Count);
            Assert.Equal(drawn.Step(action, draw: true), undrawn.Step(action, draw: random.Next(4) == 0));
            if (random.Next(3) != 0)
            {
                continue;
            }

            drawn.ReadGrayscale(left);
            undrawn.ReadGrayscale(right);
            Assert.Equal(left, right);
            Assert.Equal(drawn.Ram, undrawn.Ram);
        }
    }

    [Fact]
    public void AStepWhosePictureIsDrawnLater_AllocatesNothing()
    {
        var game = Create(GameCatalog.Default.Get("bricks"), 1, 1, new());
        game.Reset(1);
        var screen = new byte[Size];
        for (var i = 0; i < 10; i++)
        {
            game.Step(0, draw: false);
            game.ReadGrayscale(screen);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            game.Step(1, draw: false);
            game.ReadGrayscale(screen);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Compare(string id, int minSkip, int maxSkip, int seed, AtariGameOptions options)
    {
        var rule = GameCatalog.Default.Get(id);
        var game = Create(rule, minSkip, maxSkip, options);
        var twin = Create(rule, 1, 1, options);
        game.Reset((ulong)seed);
        twin.Reset((ulong)seed);
        var random = new Random(seed);
        byte[] left = new byte[Size], right = new byte[Size];
        Span<long> before = [0, 0], after = [0, 0];
        for (var ended = false; !ended;)
        {
            var action = random.Next(game.ActionSpace.Count);
            game.ReadInfo(before);
            ended = game.Step(action, draw: true).Ended;
            game.ReadInfo(after);
            for (var frame = before[0]; frame < after[0]; frame += options.FrameSkip)
            {
                twin.Step(action, draw: true);
            }

            game.ReadGrayscale(left);
            twin.ReadGrayscale(right);
            Assert.True(left.AsSpan().SequenceEqual(right), $"{id}, skip {minSkip}-{maxSkip}, frame {after[0]}");
            Assert.Equal(twin.Ram, game.Ram);
        }
    }

    private static AtariEmulator Create(GameRule rule, int minSkip, int maxSkip, AtariGameOptions options) =>
        new(BundledCartridges.Get(rule.Id).Span, rule, new AtariEmulatorOptions
        {
            MinFrameSkip = minSkip,
            MaxFrameSkip = maxSkip,
            Game = options,
        });
}
