using DqnAspire.Agents.Policies;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.EvalService.Policies;
using DqnAspire.NeuralNetworks;
using DqnAspire.Play.Policies;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace DqnAspire.Services.Tests;

/// <summary>EvalService asks the learner no more often than it must, and builds no policy twice.</summary>
public sealed class LearnerPoliciesTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLearner _learner = new();
    private readonly LearnerPolicies _policies;

    public LearnerPoliciesTests() => _policies = new LearnerPolicies(_learner, ManagedBackend.Shared, _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheNewest_IsAskedForOnceASecond_WhereThatWillDo()
    {
        var first = await GetAsync(mayBeOlder: true);
        _clock.Advance(LearnerPolicies.MaxAge / 2);
        var second = await GetAsync(mayBeOlder: true);
        Assert.Equal((1, 1), (_learner.Calls, _learner.Files));

        // It is the same version still: its file is not sent again.
        _clock.Advance(LearnerPolicies.MaxAge);
        var third = await GetAsync(mayBeOlder: true);
        Assert.Equal((2, 1), (_learner.Calls, _learner.Files));
        Assert.Same(first, second);
        Assert.Same(first, third);
    }

    [Fact]
    public async Task AnEvaluation_GetsTheNewestOfItsMoment()
    {
        var before = await GetAsync(mayBeOlder: false);
        _learner.Version++;
        var after = await GetAsync(mayBeOlder: false);

        Assert.Equal((1, 2), (before.Info.Version, after.Info.Version));
        Assert.Same(after, await GetAsync(mayBeOlder: true));
        Assert.Equal((2, 2), (_learner.Calls, _learner.Files));
    }

    [Fact]
    public async Task APolicy_IsBuiltForAsManyCallersAsThereAreAtOnce()
    {
        var fetched = await GetAsync(mayBeOlder: false);
        IPolicy first;
        IPolicy second;
        using (var one = fetched.Rent())
        using (var other = fetched.Rent())
        {
            (first, second) = (one.Policy, other.Policy);
        }

        using var again = fetched.Rent();

        Assert.NotSame(first, second);
        Assert.Contains(again.Policy, new[] { first, second });
    }

    [Fact]
    public async Task OnlyTheNewestFew_AreKept()
    {
        var oldest = await GetAsync(mayBeOlder: false);
        for (var i = 0; i < 4; i++)
        {
            _learner.Version++;
            await GetAsync(mayBeOlder: false);
        }

        _learner.Version = 1;
        Assert.NotSame(oldest, await GetAsync(mayBeOlder: false));
    }

    private Task<LoadedPolicy> GetAsync(bool mayBeOlder) =>
        _policies.GetAsync("run", best: false, mayBeOlder, Cancellation);

    /// <summary>A learner with one table.</summary>
    private sealed class FakeLearner : Contracts.Learner.V1.LearnerService.LearnerServiceClient
    {
        private readonly byte[] _file = MakeFile();

        public long Version { get; set; } = 1;

        public int Calls { get; private set; }

        public int Files { get; private set; }

        public override AsyncServerStreamingCall<ParametersResponse> Parameters(
            ParametersRequest request, Metadata? headers =
                null, DateTime? deadline = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return new(
                new Reader(Responses()), Task.FromResult(new Metadata()), () =>
                    Status.DefaultSuccess, () => [], () => { });
        }

        private IEnumerable<ParametersResponse> Responses()
        {
            yield return new ParametersResponse
            {
                Header = new ParametersHeader
                {
                    RunId = "run",
                    Version = Version,
                    Steps = 7,
                    Size = _file.Length,
                    Architecture = "table 2x3"
                },
            };
            Files++;
            yield return new ParametersResponse { Chunk = ByteString.CopyFrom(_file) };
        }

        private static byte[] MakeFile()
        {
            using var stream = new MemoryStream();
            new TablePolicy(2, 3).Save(stream);
            return stream.ToArray();
        }
    }

    private sealed class Reader(IEnumerable<ParametersResponse> responses) : IAsyncStreamReader<ParametersResponse>
    {
        private readonly IEnumerator<ParametersResponse> _responses = responses.GetEnumerator();

        public ParametersResponse Current => _responses.Current;

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(_responses.MoveNext());
    }
}
