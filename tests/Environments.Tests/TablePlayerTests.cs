using DqnAspire.Environments.BuiltIn;
namespace DqnAspire.Environments.Tests;

public sealed class TablePlayerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Play_GivesWhatSteppingGives()
    {
        const int Episodes = 40;
        var definition = BuiltInEnvironments.Registry.Get("FrozenLake-v1");
        byte[] tables = [2, 2, 1, 0, 1, 0, 1, 0, 2, 1, 1, 0, 0, 2, 2, 0, .. Enumerable.Repeat((byte)1, 16)];
        var returns = new double[2 * Episodes];
        TablePlayer.Play(
            EnvironmentLanes.Create(definition, null, 1, 3, autoReset: false), tables, Episodes, returns, Cancel);

        var environment = definition.Create();
        var state = new byte[4];
        environment.Reset(3, state);
        for (var i = 0; i < returns.Length; i++)
        {
            environment.Reset(null, state);
            var total = 0.0;
            StepResult result;
            do
            {
                result = environment.Step(tables[(i / Episodes * 16) + BitConverter.ToInt32(state)], state);
                total += result.Reward;
            }
            while (!result.Ended);

            Assert.Equal(total, returns[i]);
        }

        Assert.Contains(1.0, returns);
    }

    [Fact]
    public void Play_RefusesWhatCannotBePlayed()
    {
        var lake = BuiltInEnvironments.Registry.Get("FrozenLake-v1");
        var table = new byte[16];
        var returns = new double[1];
        var endless = EnvironmentLanes.Create(
            lake, new Dictionary<string, string> { ["max_episode_steps"] = "0" }, 1, 0, autoReset: false);
        Assert.Throws<InvalidOperationException>(() => TablePlayer.Play(endless, table, 1, returns, Cancel));
        var resetting = EnvironmentLanes.Create(lake, null, 1, 0, autoReset: true);
        Assert.Throws<InvalidOperationException>(() => TablePlayer.Play(resetting, table, 1, returns, Cancel));
        var cart = EnvironmentLanes.Create(
            BuiltInEnvironments.Registry.Get("CartPole-v1"), null, 1, 0, autoReset: false);
        Assert.Throws<InvalidOperationException>(() => TablePlayer.Play(cart, table, 1, returns, Cancel));

        var lanes = EnvironmentLanes.Create(lake, null, 1, 0, autoReset: false);
        Assert.Throws<ArgumentException>(() => TablePlayer.Play(lanes, table.AsSpan(1), 1, returns, Cancel));
        Assert.Throws<ArgumentException>(() => TablePlayer.Play(lanes, table, 2, returns, Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(() => TablePlayer.Play(lanes, table, 0, returns, Cancel));
        table[0] = 4;
        Assert.Throws<ArgumentOutOfRangeException>(() => TablePlayer.Play(lanes, table, 1, returns, Cancel));
        table[0] = 0;
        Assert.Throws<OperationCanceledException>(
            () => TablePlayer.Play(lanes, table, 1, returns, new CancellationToken(canceled: true)));
    }
}
