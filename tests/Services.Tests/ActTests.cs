using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.EvalService.Acting;
using DqnAspire.NeuralNetworks;
using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Services.Tests;

/// <summary>Acting by a policy from a file, without any run: whole states, sessions, many callers.</summary>
public sealed class ActTests(TestSystem system) : IClassFixture<TestSystem>
{
    private static readonly LocalLaneSource Lanes = new(BuiltInEnvironments.Registry);

    public static TheoryData<string> Networks =>
        [.. PresetCatalog.BuiltIn.All.Select(p => p.Name)
            .Where(name => NetworkOf(PresetCatalog.BuiltIn.Resolve(name, [])) is not null)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Act_ByTheFrameOrTheState_DoesWhatAnEpisodeDoes(string preset)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(preset, []);
        if (await Lanes.FindProblemAsync(settings.Environment.Id, Cancel) is not null)
        {
            // The bundled game with the same frame skip.
            var id = settings.Environment.Id;
            settings.Environment.Id = $"Bricks{id[id.IndexOfAny(['N', 'D', '-'], 1)..]}";
        }

        var (path, policy) = await WritePolicyAsync(settings);
        var game = await Game.OpenAsync(
            Lanes, new GameSettings(settings.Environment.Id, settings.Environment.Options, 3), policy, Cancel);
        await using var owner = game;
        var session = $"{preset}-{Guid.NewGuid():N}";
        for (var step = 0; step < 12; step++)
        {
            var expected = game.Think();
            var state = ByteString.CopyFrom(expected.State.Span);
            var newest = ByteString.CopyFrom(expected.State.Span[^ObservationBytes(policy)..]);

            var whole = await ActAsync(new ActRequest
            {
                RunId = path,
                EnvironmentId = settings.Environment.Id,
                Count = 1,
                Observations = state,
                WithDistributions = true,
            });
            var byFrame = await ActAsync(new ActRequest
            {
                RunId = path,
                EnvironmentId = settings.Environment.Id,
                Count = 1,
                Observations = newest,
                Session = session,
            });

            Assert.Equal([expected.Greedy], whole.Actions);
            Assert.Equal(expected.ActionValues, whole.ActionValues);
            Assert.Equal(expected.Distributions, whole.Distributions?.Values.ToArray() ?? []);
            Assert.Equal(game.Environment.ActionNames, whole.ActionNames);
            Assert.Equal(whole.Actions, byFrame.Actions);
            Assert.Equal(whole.ActionValues, byFrame.ActionValues);
            if ((await game.StepAsync(action: null, Cancel)).End != Core.StepFlags.None)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task ASession_BeginsAnEpisodeWhereItIsTold_AndKeepsItsGamesApart()
    {
        var settings = PresetCatalog.BuiltIn.Resolve("nature", []);
        settings.Environment.Id = "BricksNoFrameskip-v4";
        var (path, policy) = await WritePolicyAsync(settings);
        var bytes = ObservationBytes(policy);
        byte[] Frames(params byte[] fills) => [.. fills.SelectMany(fill => Enumerable.Repeat(fill, bytes))];
        async Task<float[]> AskAsync(string session, byte[] frames, params int[] begins) =>
        [
            .. (await ActAsync(new ActRequest
            {
                RunId = path,
                EnvironmentId = settings.Environment.Id,
                Count = frames.Length / bytes,
                Observations = ByteString.CopyFrom(frames),
                Session = session,
                Begins = { begins },
            })).ActionValues,
        ];

        // Two games side by side: the second begins anew with its third observation.
        await AskAsync("pair", Frames(10, 20));
        await AskAsync("pair", Frames(11, 21));
        var pair = await AskAsync("pair", Frames(12, 22), 1);
        await AskAsync("first", Frames(10));
        await AskAsync("first", Frames(11));
        var first = await AskAsync("first", Frames(12));
        var second = await AskAsync("second", Frames(22));

        Assert.Equal([.. first, .. second], pair);
        var error = await Assert.ThrowsAsync<RpcException>(() => AskAsync("pair", Frames(1)));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("session: 'pair' has 2 games", error.Status.Detail, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<RpcException>(() => AskAsync("first", Frames(1), 1));
        Assert.StartsWith("begins: 1 is not one of the 1 games", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneFrameWithoutASession_IsToldOfSessions()
    {
        var settings = PresetCatalog.BuiltIn.Resolve("nature", []);
        settings.Environment.Id = "BricksNoFrameskip-v4";
        var (path, _) = await WritePolicyAsync(settings);

        var error = await Assert.ThrowsAsync<RpcException>(() => ActAsync(new ActRequest
        {
            RunId = path,
            EnvironmentId = "BricksNoFrameskip-v4",
            Count = 1,
            Observations = ByteString.CopyFrom(new byte[84 * 84]),
        }));

        Assert.Equal(
            "observations: 1 states of 4 observations of 7056 bytes (BricksNoFrameskip-v4) are 28224 bytes, not 7056. "
            + "To send one observation at a time, name a session: the service keeps the others.",
            error.Status.Detail);
    }

    [Fact]
    public async Task AThousandCallers_AreAnsweredAsOneWouldBe()
    {
        var (path, policy) = await WritePolicyAsync(PresetCatalog.BuiltIn.Resolve("cartpole-dense", []));
        var states = Enumerable.Range(0, 1000).Select(i => new[] { i / 1000f, 0.1f, -i / 500f, 0.3f }
            .SelectMany(BitConverter.GetBytes).ToArray()).ToArray();

        var answers = await Task.WhenAll(states.Select(state => ActAsync(new ActRequest
        {
            RunId = path,
            EnvironmentId = "CartPole-v1",
            Count = 1,
            Observations = ByteString.CopyFrom(state),
        })));

        using var lease = policy.Rent();
        var values = new float[2000];
        lease.Policy.ActionValues(states.SelectMany(s => s).ToArray(), values);
        Assert.Equal(values, answers.SelectMany(a => a.ActionValues));
    }

    [Fact]
    public async Task AWrongState_InABatch_FailsItsCallerAlone()
    {
        var table = new TablePolicy(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
        using var stream = new MemoryStream();
        table.Save(stream);
        var policy = new LoadedPolicy(
            new PolicyInfo("", "", 0, "FrozenLake-v1", new Dictionary<string, string>()), stream.ToArray(),
            ManagedBackend.Shared);
        var batcher = new ActBatcher();

        // Callers on other threads, so that some of them share a batch.
        var tasks = Enumerable.Range(0, 200).Select(i => Task.Run(
            () => batcher.ThinkAsync(policy, BitConverter.GetBytes(i % 5), 1, withDistributions: false), Cancel))
                .ToArray();

        for (var i = 0; i < tasks.Length; i++)
        {
            if (i % 5 == 4)
            {
                await Assert.ThrowsAsync<ArgumentException>(() => tasks[i]);
            }
            else
            {
                Assert.Equal([(2 * (i % 5)) + 1, (2 * (i % 5)) + 2], (await tasks[i]).ActionValues.ToArray());
            }
        }
    }

    [Fact]
    public async Task WhatIsNotThere_IsNamed()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-act-").FullName;
        var file = Path.Combine(folder, "damaged.safetensors");
        await File.WriteAllTextAsync(file, "nothing", Cancel);

        var missing = await Assert.ThrowsAsync<RpcException>(() => ActAsync(new ActRequest
        {
            RunId = "no-such-run",
            Selection = Contracts.Eval.V1.PolicySelection.Checkpoint,
            Steps = 5,
            Count = 1,
        }));
        var damaged = await Assert.ThrowsAsync<RpcException>(() => ActAsync(new ActRequest
        {
            RunId = file,
            EnvironmentId = "CartPole-v1",
            Count = 1,
        }));
        var nowhere =
            await Assert.ThrowsAsync<RpcException>(() => ActAsync(new ActRequest { RunId = file, Count = 1 }));

        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
        Assert.Contains("'no-such-run'", missing.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.DataLoss, damaged.StatusCode);
        Assert.Contains("damaged.safetensors is damaged", damaged.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("--env", nowhere.Status.Detail, StringComparison.Ordinal);
    }

    private static int ObservationBytes(LoadedPolicy policy)
    {
        using var lease = policy.Rent();
        return lease.Policy.ObservationBytes;
    }

    private static NetworkSection? NetworkOf(TrainingSettings settings) =>
        settings.GetType().GetProperty("Network")?.GetValue(settings) as NetworkSection;

    private static async Task<(string Path, LoadedPolicy Policy)> WritePolicyAsync(TrainingSettings settings)
    {
        var (id, options) = (settings.Environment.Id, settings.Environment.Options);
        var environment = (await Lanes.DescribeAsync(id, options, Cancel))!.Environment;
        var section = NetworkOf(settings)!;
        using var network = ManagedBackend.Shared.Create(
            NetworkFactory.Define(section, environment), training: null, seed: 3);
        using var stream = new MemoryStream();
        new NetworkPolicy(network, NetworkFactory.Input(section, environment)).Save(stream);
        var path = Path.Combine(Directory.CreateTempSubdirectory("dqn-act-").FullName, "network.safetensors");
        await File.WriteAllBytesAsync(path, stream.ToArray(), Cancel);
        return (path,
            new LoadedPolicy(new PolicyInfo("", "", 0, id, options), stream.ToArray(), ManagedBackend.Shared));
    }

    private async Task<ActResponse> ActAsync(ActRequest request) =>
        await system.Eval.ActAsync(request, cancellationToken: Cancel);
}
