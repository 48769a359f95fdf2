using DqnAspire.Core;
using DqnAspire.Replay.Redis;
using Microsoft.Extensions.Options;

namespace DqnAspire.ReplayService.Redis;

/// <summary>
/// Whether Redis is well, as connection events and health checks find it. It logs one line for each change, however
/// often it is told.
/// </summary>
internal sealed partial class RedisState(
    RedisReplayEngine engine, IOptions<ReplayOptions> options, ILogger<RedisState> logger)
{
    // Guards _isUnwell; a line is logged under it, so that lines are in the order of the changes.
    private readonly Lock _lock = new();
    private bool _isUnwell;

    /// <summary>It does what tables need.</summary>
    public void IsWell()
    {
        lock (_lock)
        {
            if (_isUnwell)
            {
                _isUnwell = false;
                LogBack(logger, engine.Address);
            }
        }
    }

    /// <summary>Nobody answers.</summary>
    /// <param name="how">A few words.</param>
    public void IsAway(string how) =>
        Change(() => LogAway(logger, engine.Address, how, options.Value.RedisPatienceSeconds));

    /// <summary>It answers, and does not do what tables need.</summary>
    /// <param name="reason">One line.</param>
    public void IsUnfit(string reason) => Change(() => LogUnfit(logger, QuotedText.OneLine(reason)));

    private void Change(Action log)
    {
        lock (_lock)
        {
            if (!_isUnwell)
            {
                _isUnwell = true;
                log();
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Redis at {Address} is away ({How}); calls wait for it up to {Patience} s")]
    private static partial void LogAway(ILogger logger, string address, string how, double patience);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}")]
    private static partial void LogUnfit(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis at {Address} is back")]
    private static partial void LogBack(ILogger logger, string address);
}
