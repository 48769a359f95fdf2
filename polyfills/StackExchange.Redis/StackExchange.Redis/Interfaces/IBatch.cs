namespace StackExchange.Redis;

/// <summary>Commands that are sent together. Their tasks complete only after <see cref="Execute"/>.</summary>
public interface IBatch : IDatabaseAsync
{
    /// <summary>Sends the commands; does not wait for replies.</summary>
    void Execute();
}
