using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Hosting;
using DqnAspire.AppHost.Session;

namespace DqnAspire.AppHost.Redis;

/// <summary>The Redis that experience is kept in.</summary>
internal abstract record RedisChoice : IDisposable
{
    /// <summary>One that already runs.</summary>
    /// <param name="ConnectionString">As StackExchange.Redis takes it.</param>
    public sealed record Existing(string ConnectionString) : RedisChoice;

    /// <summary>A <c>redis-server</c> that this system starts.</summary>
    /// <param name="Server">Its folder, port and password.</param>
    public sealed record Local(LocalRedis Server) : RedisChoice
    {
        /// <inheritdoc/>
        public override void Dispose()
        {
            Server.Dispose();
            base.Dispose();
        }
    }

    /// <summary>A container that this system starts.</summary>
    /// <param name="Port">Where it listens on this machine.</param>
    public sealed record Container(int Port) : RedisChoice;

    /// <summary>Chooses; starts nothing.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <param name="plan">The run; a server of this system keeps its data beside the run's folder.</param>
    /// <returns>Null: experience is kept in files.</returns>
    /// <exception cref="StartUpException">
    /// There is neither the program nor a container engine, or the file with the connection string cannot be read.
    /// </exception>
    /// <exception cref="IOException">Another system uses the folder, or it cannot be written.</exception>
    public static RedisChoice? Make(AppHostOptions options, TrainingPlan plan) => options switch
    {
        { UsesRedis: false } => null,
        _ when RedisAddress.Find(options.Redis) is { } connectionString => new Existing(connectionString),
        _ when LocalRedis.Find() is not null => new Local(LocalRedis.Prepare(options, plan)),
        _ when ContainerEngine.IsRunning() => new Container(LocalRedis.DefaultPort + options.PortOffset),
        _ => throw new StartUpException(LocalRedis.MissingMessage),
    };

    /// <summary>Releases what the choice holds on this machine.</summary>
    public virtual void Dispose()
    {
    }
}
