using System.Diagnostics.Metrics;
using DqnAspire.Contracts.Env.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DqnAspire.EnvService.Tests;

public sealed class LifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VanishedClient_FreesItsSession_AndOthersGoOn()
    {
        await using var server = await EnvServer.StartAsync(("MaxSessions", "2"));
        using var watch = new SessionWatch(server);
        var (lasting, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        using var healthy = lasting;
        var (vanishing, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 }));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains("All 2 sessions are taken", refused.Status.Detail);

        vanishing.Dispose();
        await watch.ReachedAsync(1);
        var (next, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "FrozenLake-v1", Lanes = 1 });
        next.Dispose();
        Assert.Equal(1, Assert.Single((await healthy.StepAsync(0)).Rewards));
    }

    [Fact]
    public async Task Shutdown_EndsOpenSessionsAsUnavailable()
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        using var opened = session;
        var waiting = session.Call.ResponseStream.MoveNext(Cancel);

        await server.App.StopAsync(Cancel).WaitAsync(Patience, Cancel);
        var exception = await Assert.ThrowsAsync<RpcException>(() => waiting.WaitAsync(Patience, Cancel));
        // The service's own words, or the connection's end when that comes first: unavailable either way.
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
    }

    [Fact]
    public async Task Metrics_CountStepsEpisodesAndSessions()
    {
        await using var server = await EnvServer.StartAsync();
        using var watch = new SessionWatch(server);
        var (session, _) = await server.OpenAsync(new OpenLanes
        {
            EnvironmentId = "CartPole-v1",
            Lanes = 3,
            AutoReset = true,
            Options = { { "max_episode_steps", "2" } },
        });
        Assert.Equal(1, watch.Total("dqn.env.sessions.active"));
        await session.StepAsync(0, 1, -1);
        await session.StepAsync(0, 1, 0);
        Assert.Equal(5, watch.Total("dqn.env.steps"));
        Assert.Equal(2, watch.Total("dqn.env.episodes"));
        Assert.Equal(2, watch.Count("dqn.env.step.duration"));
        session.Dispose();
        await watch.ReachedAsync(0);
    }

    [Theory]
    [InlineData("MaxLanes", "0")]
    [InlineData("MaxLanes", "2000")]
    [InlineData("MaxSessions", "0")]
    [InlineData("ThreadsPerSession", "-1")]
    public async Task WrongSetting_StopsTheStart(string name, string value)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => EnvServer.StartAsync((name, value)));
        Assert.Contains(name, exception.Message);
    }

    [Fact]
    public async Task MaxLanes_CanBeLowered()
    {
        await using var server = await EnvServer.StartAsync(("MaxLanes", "4"));
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 5 }));
        Assert.Equal("open.lanes: 5 is not a number of lanes from 1 to 4.", exception.Status.Detail);
    }

    /// <summary>Listens to the meters of one server.</summary>
    private sealed class SessionWatch : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, (double Total, int Count)> _totals = [];
        private readonly SemaphoreSlim _changed = new(0);

        public SessionWatch(EnvServer server)
        {
            var factory = server.App.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == EnvMetrics.MeterName && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
            _listener.Start();
        }

        public double Total(string name)
        {
            lock (_totals)
            {
                return _totals.GetValueOrDefault(name).Total;
            }
        }

        public int Count(string name)
        {
            lock (_totals)
            {
                return _totals.GetValueOrDefault(name).Count;
            }
        }

        public async Task ReachedAsync(int sessions)
        {
            while (Total("dqn.env.sessions.active") != sessions)
            {
                Assert.True(
                    await _changed.WaitAsync(Patience, Cancel),
                    $"there are still {Total("dqn.env.sessions.active")} sessions");
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Add(string name, double value)
        {
            lock (_totals)
            {
                var (total, count) = _totals.GetValueOrDefault(name);
                _totals[name] = (total + value, count + 1);
            }

            _changed.Release();
        }
    }
}
