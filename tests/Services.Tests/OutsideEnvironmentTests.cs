using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments;
using DqnAspire.Environments.Plugins;
using Grpc.Core;
using Grpc.Net.Client;

namespace DqnAspire.Services.Tests;

/// <summary>An environment from an assembly, offered by one process and forwarded by another.</summary>
public sealed class OutsideEnvironmentTests
{
    private const string Program = "DqnAspire.EnvService.dll";
    private const string Id = "Catch-v0";

    private static readonly string Plugin = Path.Combine(AppContext.BaseDirectory, "plugins", "CatchEnvironment.dll");
    private static readonly Dictionary<string, string> Options = new() { ["speed"] = "2" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AForwardedEnvironment_PlaysAsInThisProcess_AndALostServiceIsNamed()
    {
        using var owner = new ServiceProcess(Program) { Arguments = [$"--Environments:Assemblies:0={Plugin}"] };
        using var gateway = new ServiceProcess(Program) { Arguments = [$"--Environments:Services:0={owner.Address}"] };
        owner.Start();
        gateway.Start();
        await ListeningAsync(owner);
        await ListeningAsync(gateway);
        using var channel = GrpcChannel.ForAddress(gateway.Address);
        var source = new GrpcLaneSource(new Contracts.Env.V1.EnvService.EnvServiceClient(channel));
        var here = new LocalLaneSource(EnvironmentPlugins.Load(new EnvironmentRegistry(), Plugin));

        await using var near = await here.OpenAsync(Id, Options, 3, 7, autoReset: true, Cancellation);
        await using var far = await source.OpenAsync(Id, Options, 3, 7, autoReset: true, Cancellation);
        var actions = Enumerable.Range(0, 3 * 30).Select(i => i * 5 % 3).ToArray();
        var (expected, actual) = (new List<byte[]>(), new List<byte[]>());
        await near.StepManyAsync(actions, _ => expected.Add(Look(near)), Cancellation);
        await far.StepManyAsync(actions, _ => actual.Add(Look(far)), Cancellation);
        Assert.Equal(expected, actual);
        Assert.Equal(await near.SaveStateAsync(Cancellation), await far.SaveStateAsync(Cancellation));
        Assert.Equal(
            (await here.DescribeAsync(Id, Options, Cancellation))!.Values,
            (await source.DescribeAsync(Id, Options, Cancellation))!.Values);
        Assert.Null(await source.DescribeAsync("Throw-v0", Options, Cancellation));

        owner.Kill();
        var error = await Assert.ThrowsAsync<ServiceCallException>(
            async () => await far.StepAsync(new[] { 0, 0, 0 }, Cancellation));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains(
            $"The EnvService at {owner.Address} cannot be reached or went away.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Environments:Assemblies:0=nowhere.dll", "error: There is no assembly 'nowhere.dll'")]
    [InlineData(
        "--Environments:Services:0=nowhere", "error: Environments:Services: 'nowhere' is not a service's address")]
    public async Task AWrongSource_KeepsTheServiceFromStarting_WithOneLine(string argument, string message)
    {
        using var service = new ServiceProcess(Program) { Arguments = [argument] };
        service.Start();

        Assert.Equal(1, await service.EndAsync(Cancellation));
        var line = await service.PrintedAsync(printed => printed.Length > 0, Cancellation);
        Assert.StartsWith(message, line, StringComparison.Ordinal);
        Assert.Single(service.Lines);
    }

    private static byte[] Look(ILanes lanes) =>
    [
        .. lanes.Observations.Span, .. lanes.NextObservations.Span,
        .. lanes.Rewards.ToArray().SelectMany(BitConverter.GetBytes),
        .. lanes.Flags.ToArray().Select(flags => (byte)flags),
    ];

    private static async Task ListeningAsync(ServiceProcess service)
    {
        using var channel = GrpcChannel.ForAddress(service.Address);
        await new Contracts.Env.V1.EnvService.EnvServiceClient(channel).ListAsync(
            new ListRequest(), new CallOptions(cancellationToken: Cancellation).WithWaitForReady());
    }
}
