using System.Buffers.Binary;
using System.IO.Compression;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.EnvService.Tests;

/// <summary>Sessions of a game with lives, clipped rewards and a screen.</summary>
public sealed class AtariSessionTests
{
    private const string Bricks = "BricksNoFrameskip-v4";
    private const int Lanes = 2;

    [Fact]
    public async Task Steps_CarryLivesAndLostLives()
    {
        await using var server = await EnvServer.StartAsync();
        var lanes = EnvironmentLanes.Create(
            BuiltInEnvironments.Registry.Get(Bricks), Options, Lanes, seed: 3, autoReset: true);
        var (session, _) = await server.OpenAsync(Open(Options));
        using var opened = session;
        var lost = 0;
        for (var t = 0; t < 600; t++)
        {
            int[] actions = [t % 4, t % 7 == 0 ? EnvironmentLanes.Idle : (t / 3) % 4];
            lanes.Step(actions);
            var stepped = await session.StepAsync(actions);
            Assert.Equal(lanes.Rewards.ToArray(), stepped.Rewards);
            Assert.Equal(lanes.Lives.ToArray(), stepped.Lives);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var flags = (int)lanes.Flags[lane] | (lanes.LivesLost[lane] ? 4 : 0);
                Assert.Equal(flags, stepped.Flags[lane]);
                lost += flags >> 2;
            }
        }

        Assert.True(lost > 0, "no life was lost in the test");
    }

    /// <summary>
    /// What happened within resets, which games go on, and the frames, over the wire as in this process.
    /// </summary>
    [Theory]
    [InlineData(AutoResetMode.SameStep)]
    [InlineData(AutoResetMode.NextStep)]
    public async Task Steps_CarryResetsContinuedGamesAndFrames(AutoResetMode mode)
    {
        var options = new Dictionary<string, string>(Options) { ["max_num_frames_per_episode"] = "56" };
        await using var server = await EnvServer.StartAsync();
        var lanes = EnvironmentLanes.Create(
            BuiltInEnvironments.Registry.Get(Bricks), options, Lanes, seed: 3, mode switch
            {
                AutoResetMode.SameStep => Core.Lanes.AutoResetMode.SameStep,
                _ => Core.Lanes.AutoResetMode.NextStep,
            });
        var open = Open(options);
        (open.AutoReset, open.AutoResetMode) = (false, mode);
        var (session, opened) = await server.OpenAsync(open);
        using var closing = session;
        Assert.Equal(["episode_frame_number", "frame_number"], opened.Environment.InfoNames);
        Assert.Equal(lanes.Info.ToArray(), opened.Info);
        var (ended, continued) = (0, 0);
        for (var t = 0; t < 400; t++)
        {
            int[] actions = [t % 4, (t / 3) % 4];
            lanes.Step(actions);
            var stepped = await session.StepAsync(actions);
            Assert.Equal(lanes.Info.ToArray(), stepped.Info);
            Assert.Equal(
                Enumerable.Range(0, Lanes).Where(lane => lanes.Results.GamesContinue.Span[lane]),
                stepped.ContinuedGames);
            foreach (var told in stepped.ResetEvents)
            {
                var here = lanes.Resets.Span[told.Lane];
                Assert.Equal(
                    (here.Reward, here.EndedGames, here.EndedReward),
                    (told.Reward, told.EndedGames, told.EndedReward));
            }

            ended += stepped.ResetEvents.Sum(told => told.EndedGames);
            continued += stepped.ContinuedGames.Count;
        }

        Assert.True(ended > 0, "No game ended within a reset.");
        Assert.True(continued > 0, "No game went on after an episode.");
    }

    [Fact]
    public async Task ARunningLane_IsChanged_AndWhatCannotBeIsRefusedByName()
    {
        await using var server = await EnvServer.StartAsync();
        var open = Open(new() { ["obs_type"] = "ram" });
        var (session, _) = await server.OpenAsync(open);
        using var opened = session;
        var change = new ChangeLane { Lane = 1, Values = { ["ram[100]"] = "7", ["difficulty"] = "0" } };
        Assert.NotNull((await session.SendAsync(new InteractRequest { Change = change })).Changed);

        var wrong = new InteractRequest { Change = new ChangeLane { Values = { ["ram[100]"] = "256" } } };
        var error = await Assert.ThrowsAsync<RpcException>(() => session.SendAsync(wrong));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("change.values[ram[100]]: ", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AutoResetMode.NextStep)]
    [InlineData(AutoResetMode.Disabled)]
    [InlineData((AutoResetMode)9)]
    public async Task ContradictingAndUnknownModes_AreRefused(AutoResetMode mode)
    {
        await using var server = await EnvServer.StartAsync();
        var open = Open([]);
        (open.AutoReset, open.AutoResetMode) = (true, mode);

        var error = await Assert.ThrowsAsync<RpcException>(() => server.OpenAsync(open));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("open.auto_reset_mode: ", error.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>A cartridge that is not the game's: the call is refused with the reason, and soon.</summary>
    [Fact]
    public async Task AWrongCartridge_IsAFailedPrecondition()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-wrong-");
        try
        {
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, "backgammon.bin"),
                DqnAspire.Environments.Atari.BundledCartridges.Get("volley").ToArray(),
                TestContext.Current.CancellationToken);
            var shelf = new DqnAspire.Environments.Atari.Cartridges.CartridgeShelf([folder.FullName]);
            var definition = DqnAspire.Environments.Atari.AtariDefinitions
                .All(DqnAspire.Environments.Atari.Rules.GameCatalog.Default, () => shelf)
                .Single(game => game.Id == "ALE/Backgammon-v5");
            var session = new LaneSession(
                new EnvironmentRegistry(definition),
                new EnvServiceOptions(),
                new EnvMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider()
                    .GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));
            var open = new InteractRequest { Open = new OpenLanes { EnvironmentId = definition.Id, Lanes = 1 } };

            var error = Assert.Throws<RpcException>(() => session.Answer(open, CancellationToken.None));

            Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
            Assert.Contains("of backgammon cannot be selected", error.Status.Detail, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Steps_WithoutLivesAndClipping_CarryNeither()
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        using var opened = session;
        var stepped = await session.StepAsync(1);
        Assert.Empty(stepped.LearningRewards);
        Assert.Empty(stepped.Lives);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task Render_GivesTheTrueScreenOfTheLane_WhateverIsObserved(int asked, int scale)
    {
        // The plain game observes its true screen; the other one plays the same frames and observes 84x84 luminances.
        Dictionary<string, string> small = new() { ["preprocessing"] = "breakout-single-frame" };
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(Open(small));
        using var opened = session;
        var (plain, _) = await server.OpenAsync(Open([]));
        using var alsoOpened = plain;
        await plain.StepAsync(1, 1);
        var truth = new byte[210 * 160 * 3];
        for (var t = 0; t < 30; t++)
        {
            var stepped = await plain.StepAsync(2, 3);
            Assert.Equal([0, 0], stepped.Flags.ToByteArray());
            stepped.Observations.Span[truth.Length..].CopyTo(truth);
            await session.StepAsync(2, 3);
        }

        var request = new InteractRequest { Render = new RenderLane { Lane = 1, Scale = asked } };
        var rendered = (await session.SendAsync(request)).Rendered;

        Assert.Equal((160 * scale, 210 * scale), (rendered.Width, rendered.Height));
        var (width, height, lines) = Decode(rendered.Png.ToByteArray());
        Assert.Equal((rendered.Width, rendered.Height), (width, height));
        for (var y = 0; y < height; y++)
        {
            var line = lines.AsSpan((y * ((width * 3) + 1)) + 1, width * 3);
            for (var x = 0; x < width; x++)
            {
                var pixel = truth.AsSpan((((y / scale) * 160) + (x / scale)) * 3, 3);
                Assert.True(line.Slice(x * 3, 3).SequenceEqual(pixel), $"pixel {x}, {y}");
            }
        }
    }

    [Theory]
    [InlineData("CartPole-v1", 600, 400)]
    [InlineData("FrozenLake-v1", 256, 256)]
    [InlineData("LunarLander-v3", 600, 400)]
    public async Task Render_OfOtherEnvironments_ShowsThemToo(string id, int width, int height)
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = id, Lanes = 1 });
        using var opened = session;
        var rendered = (await session.SendAsync(new InteractRequest { Render = new RenderLane() })).Rendered;
        Assert.Equal((width, height), (rendered.Width, rendered.Height));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], rendered.Png.Span[..4].ToArray());
    }

    [Fact]
    public void Render_WithoutAScreen_IsUnimplemented()
    {
        var lanes = new EnvironmentLanes([new HeartsEnvironment()], 0, autoReset: false);
        var exception = Assert.Throws<RpcException>(() => LanePictures.Render(new RenderLane(), lanes, "Hearts"));
        Assert.Equal(StatusCode.Unimplemented, exception.StatusCode);
        Assert.Equal("render: Hearts has no screen to show.", exception.Status.Detail);
    }

    [Theory]
    [InlineData(2, 1, "render.lane: 2 is not a lane (0..1).")]
    [InlineData(-1, 1, "render.lane: -1 is not a lane (0..1).")]
    [InlineData(0, 9, "render.scale: 9 is not a scale from 1 to 8, or 0 for 1.")]
    [InlineData(0, -1, "render.scale: -1 is not")]
    public async Task Render_OfAWrongLaneOrScale_NamesIt(int lane, int scale, string detail)
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(Open(Options));
        using var opened = session;
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => session.SendAsync(new InteractRequest { Render = new RenderLane { Lane = lane, Scale = scale } }));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.StartsWith(detail, exception.Status.Detail);
    }

    private static Dictionary<string, string> Options { get; } = new() { ["preprocessing"] = "nature" };

    private static OpenLanes Open(Dictionary<string, string> options) =>
        new() { EnvironmentId = Bricks, Lanes = Lanes, Seed = 3, AutoReset = true, Options = { options } };

    private static (int Width, int Height, byte[] Lines) Decode(byte[] png)
    {
        const int DataStart = 41;
        using var zlib = new ZLibStream(
            new MemoryStream(png, DataStart, png.Length - DataStart), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        return (
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
            lines.ToArray());
    }
}
