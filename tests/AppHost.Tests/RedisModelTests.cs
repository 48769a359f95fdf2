using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using DqnAspire.AppHost.Redis;

namespace DqnAspire.AppHost.Tests;

/// <summary>The Redis of the model, for those that no engine here can start.</summary>
public sealed class RedisModelTests
{
    [Fact]
    public async Task AContainer_HasAnAppendOnlyFile_OnAVolume_AndRefusesRatherThanForgets()
    {
        var builder = DistributedApplication.CreateBuilder();

        var redis = Assert.IsType<RedisResource>(builder.AddRedis(new RedisChoice.Container(6105)).Resource);

        var context = new CommandLineArgsCallbackContext(
            [], redis, TestContext.Current.CancellationToken)
        { ExecutionContext = builder.ExecutionContext };
        foreach (var callback in redis.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        var arguments = string.Join(' ', context.Args);
        Assert.Contains("--appendonly yes --appendfsync no", arguments, StringComparison.Ordinal);
        Assert.Contains("--maxmemory-policy noeviction", arguments, StringComparison.Ordinal);
        Assert.Contains(
            redis.Annotations.OfType<ContainerMountAnnotation>(),
            mount => mount is { Type: ContainerMountType.Volume, Target: "/data" });
        Assert.Equal(6105, redis.PrimaryEndpoint.EndpointAnnotation.Port);
    }

    [Fact]
    public async Task AnExistingOne_IsAReference_NotAProcess()
    {
        var builder = DistributedApplication.CreateBuilder();

        var redis = builder.AddRedis(new RedisChoice.Existing("redis.example:6380,password=secret,ssl=true")).Resource;

        Assert.Equal(
            "redis.example:6380,password=secret,ssl=true",
            await redis.GetConnectionStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(builder.Resources, resource => resource is ExecutableResource or ContainerResource);
    }
}
