using System.Runtime.InteropServices;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using Google.Protobuf;

namespace DqnAspire.EnvService.Tests;

public sealed class InteractTests
{
    [Theory]
    [InlineData("CartPole-v1", 1, true)]
    [InlineData("CartPole-v1", 5, true)]
    [InlineData("FrozenLake-v1", 3, true)]
    [InlineData("FrozenLake8x8-v1", 2, false)]
    public async Task Session_GivesWhatLanesInThisProcessGive(string id, int count, bool autoReset)
    {
        await using var server = await EnvServer.StartAsync();
        var lanes = EnvironmentLanes.Create(BuiltInEnvironments.Registry.Get(id), null, count, seed: 7, autoReset);
        var (session, opened) = await server.OpenAsync(
            new OpenLanes { EnvironmentId = id, Lanes = count, Seed = 7, AutoReset = autoReset });
        using var _ = session;
        Assert.Equal(id, opened.Environment.Id);
        Assert.Equal(lanes.Observations.ToArray(), opened.Observations.ToByteArray());

        var random = new Pcg64(3);
        for (var t = 0; t < 300; t++)
        {
            var actions = Enumerable.Range(0, count)
                .Select(lane => lanes.IsWaitingForReset(lane) || random.Integers(0, 6) == 0
                    ? EnvironmentLanes.Idle
                    : lanes.ActionSpace.Sample(random))
                .ToArray();
            lanes.Step(actions);
            var stepped = await session.StepAsync(actions);
            Assert.Equal(lanes.Observations.ToArray(), stepped.Observations.ToByteArray());
            Assert.Equal(lanes.Rewards.ToArray(), stepped.Rewards);
            Assert.Equal(MemoryMarshal.AsBytes(lanes.Flags).ToArray(), stepped.Flags.ToByteArray());
            Assert.Equal(lanes.ResetObservations.ToArray(), stepped.ResetObservations.ToByteArray());
            Assert.Equal(
                lanes.Episodes.ToArray(),
                stepped.Episodes.Select(e => new Environments.EpisodeSummary(e.Lane, e.EpisodeReturn, e.Length)));

            var waiting = Enumerable.Range(0, count).Where(lanes.IsWaitingForReset).Reverse().ToArray();
            if (waiting.Length > 0)
            {
                var resets = waiting
                    .Select(lane => lane == 0
                        ? new LaneReset { Lane = lane, Seed = (ulong)t }
                        : new LaneReset { Lane = lane })
                    .ToArray();
                var observations = await session.ResetAsync(resets);
                var expected = waiting.SelectMany(lane =>
                {
                    lanes.Reset(lane, lane == 0 ? (ulong)t : null);
                    return lanes.CurrentObservation(lane).ToArray();
                });
                Assert.Equal(expected, observations);
            }
        }
    }

    [Fact]
    public async Task Open_WithOptions_PlaysThatEnvironment()
    {
        await using var server = await EnvServer.StartAsync();
        var (session, opened) = await server.OpenAsync(new OpenLanes
        {
            EnvironmentId = "FrozenLake-v1",
            Lanes = 1,
            Options = { { "desc", "SG" }, { "is_slippery", "false" } },
        });
        using var _ = session;
        Assert.Equal(2, opened.Environment.ObservationSpace.States);
        var stepped = await session.StepAsync(2);
        Assert.Equal(1, stepped.Rewards[0]);
        Assert.Equal([1], stepped.Flags.ToByteArray());
        Assert.True(stepped.ResetObservations.IsEmpty);
        Assert.Equal(
            new Contracts.Env.V1.EpisodeSummary { Lane = 0, EpisodeReturn = 1, Length = 1 },
            Assert.Single(stepped.Episodes));
    }

    [Fact]
    public async Task Play_GivesTheReturnsOfEveryPolicy()
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(new OpenLanes
        {
            EnvironmentId = "FrozenLake-v1",
            Lanes = 2,
            Options = { { "desc", "SFG" }, { "is_slippery", "false" } },
        });
        using var opened = session;
        var play = new PlayEpisodes { Actions = ByteString.CopyFrom(2, 2, 0, 0, 0, 0), EpisodesPerPolicy = 3 };
        var response = await session.SendAsync(new InteractRequest { Play = play });
        Assert.Equal([1, 1, 1, 0, 0, 0], response.Played.Returns);

        // The session goes on stepping.
        await session.ResetAsync(new LaneReset { Lane = 0 });
        Assert.Equal([0, 1], (await session.StepAsync(0, 2)).Observations.ToByteArray().Where((_, i) => i % 4 == 0));
    }

    [Fact]
    public async Task HalfClose_EndsTheStreamWithOk()
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        using var opened = session;
        await session.Call.RequestStream.CompleteAsync();
        Assert.False(await session.Call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(Grpc.Core.StatusCode.OK, session.Call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ThousandLanes_OnManyThreads_StepTogether()
    {
        await using var server = await EnvServer.StartAsync(("ThreadsPerSession", "4"));
        var (session, opened) = await server.OpenAsync(
            new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1024, AutoReset = true });
        using var _ = session;
        Assert.Equal(1024 * 16, opened.Observations.Length);
        var lanes = EnvironmentLanes.Create(BuiltInEnvironments.Registry.Get("CartPole-v1"), null, 1024, 0, true);
        var actions = Enumerable.Range(0, 1024).Select(lane => lane % 2).ToArray();
        for (var t = 0; t < 20; t++)
        {
            lanes.Step(actions);
            Assert.Equal(lanes.Observations.ToArray(), (await session.StepAsync(actions)).Observations.ToByteArray());
        }
    }
}
