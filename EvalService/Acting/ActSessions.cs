using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;

namespace DqnAspire.EvalService.Acting;

/// <summary>The stacked states of games that clients play one observation at a time.</summary>
/// <param name="clock">Tells the time.</param>
public sealed class ActSessions(TimeProvider clock)
{
    /// <summary>How long a session is kept that nobody uses.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(10);

    /// <summary>Names are kept and told.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Memory of all sessions' states.</summary>
    private const long MaxBytes = 256L << 20;

    /// <summary>Guards everything below. Copying a state takes some microseconds.</summary>
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Session> _sessions = [];
    private long _bytes;

    /// <summary>Number of sessions.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Adds observations to a session's games.</summary>
    /// <param name="name">The session.</param>
    /// <param name="policy">Says how observations make a state.</param>
    /// <param name="observations">[count, observation].</param>
    /// <param name="count">Number of games.</param>
    /// <param name="begins">The games that begin an episode.</param>
    /// <returns>[count, stack, observation].</returns>
    /// <exception cref="ActRequestException">The session has other games, or there is no room for another.</exception>
    public byte[] Add(
        string name, IPolicy policy, ReadOnlySpan<byte> observations, int count, IReadOnlyCollection<int> begins)
    {
        foreach (var game in begins)
        {
            if (game < 0 || game >= count)
            {
                throw new ActRequestException($"begins: {game} is not one of the {count} games (0..{count - 1}).");
            }
        }

        lock (_lock)
        {
            var isNew = !_sessions.TryGetValue(name, out var session);
            session ??= Open(name, policy, count);
            session.Require(name, policy, count);
            session.Used = clock.GetTimestamp();
            var bytes = policy.ObservationBytes;
            for (var game = 0; game < count; game++)
            {
                var observation = observations.Slice(game * bytes, bytes);
                if (isNew || begins.Contains(game))
                {
                    session.History.Begin(game, observation);
                }
                else
                {
                    session.History.Add(game, observation);
                }
            }

            return session.History.States.ToArray();
        }
    }

    private Session Open(string name, IPolicy policy, int count)
    {
        foreach (var (old, session) in _sessions.Where(s => clock.GetElapsedTime(s.Value.Used) > MaxIdle).ToList())
        {
            _sessions.Remove(old);
            _bytes -= session.History.States.Length;
        }

        var needed = (long)count * policy.Stack * policy.ObservationBytes;
        if (_bytes + needed > MaxBytes)
        {
            throw new ActRequestException(
                $"session: a new one of {count} games needs {needed} bytes, and {_sessions.Count} sessions take "
                + $"{_bytes} "
                + $"of {MaxBytes}.", isFull: true);
        }

        var opened = new Session(count, policy);
        _sessions.Add(name, opened);
        _bytes += needed;
        return opened;
    }

    private sealed class Session(int count, IPolicy policy)
    {
        private readonly (int Count, int Bytes, int Stack) _shape = (count, policy.ObservationBytes, policy.Stack);

        public FrameHistory History { get; } =
            new(count, policy.ObservationBytes, policy.Stack, policy.StackPadding);

        public long Used { get; set; }

        public void Require(string name, IPolicy next, int games)
        {
            if (_shape != (games, next.ObservationBytes, next.Stack))
            {
                throw new ActRequestException(
                    $"session: '{name}' has {_shape.Count} games with stacks of {_shape.Stack} observations of "
                    + $"{_shape.Bytes} bytes; this request is for {games} with stacks of {next.Stack} of "
                    + $"{next.ObservationBytes}. Choose another name.");
            }
        }
    }
}
