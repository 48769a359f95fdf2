using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Hosting;
using DqnAspire.AppHost.Session;

namespace DqnAspire.AppHost.Redis;

/// <summary>The Redis that experience is kept in.</summary>
internal abstract record RedisChoice : IDisposable
{
    /// <summary>One that is there.</summary>
    /// <param name="ConnectionString">As StackExchange.Redis takes it.</param>
    public sealed record Existing(string ConnectionString) : RedisChoice;

    /// <summary>A <c>redis-server</c> that this system starts.</summary>
    /// <param name="Server">Its folder, port and password.</param>
    public sealed record Local(LocalRedis Server) : RedisChoice
    {
        /// <inheritdoc/>
        public override void Dispose() => Server.Dispose();
    }

    /// <summary>A container that this system starts.</summary>
    /// <param name="Port">Where it listens on this machine.</param>
    public sealed record Container(int Port) : RedisChoice;

    /// <summary>Decides which one; starts nothing.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <param name="plan">The run, whose folder a server of ours keeps its data beside.</param>
    /// <returns>Null when experience is kept in files.</returns>
    /// <exception cref="StartUpException">There is neither the program nor a container engine.</exception>
    /// <exception cref="IOException">Another system has the folder, or it cannot be written.</exception>
    public static RedisChoice? Make(AppHostOptions options, TrainingPlan plan) => options.Redis switch
    {
        null => null,
        { Length: > 0 } connectionString => new Existing(connectionString),
        _ when LocalRedis.Find() is not null => new Local(LocalRedis.Prepare(options, plan)),
        _ when ContainerEngine.IsRunning() => new Container(LocalRedis.DefaultPort + options.PortOffset),
        _ => throw new StartUpException(LocalRedis.MissingMessage),
    };

    /// <summary>Gives back what the choice holds on this machine.</summary>
    public virtual void Dispose()
    {
    }
}
