using System.Runtime.CompilerServices;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;

namespace DqnAspire.AppHost.Following;

/// <summary>Follows a learner's run through every loss of the learner: it is asked again until it answers.</summary>
/// <param name="learner">The learner.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class RunFollower(LearnerService.LearnerServiceClient learner, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    /// <summary>Gives an update whenever the learner says something, and at least every second. It never ends by itself.</summary>
    /// <exception cref="RpcException">The learner refuses to be watched.</exception>
    public async IAsyncEnumerable<RunUpdate> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Progress? last = null;
        var heard = clock.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            using (var watch = learner.Watch(new WatchRequest(), cancellationToken: cancellationToken))
            {
                for (Task<Progress?>? next = null; ;)
                {
                    next ??= NextAsync(watch.ResponseStream, cancellationToken);
                    if (await Task.WhenAny(next, Task.Delay(Heartbeat, clock, cancellationToken)).ConfigureAwait(false) != next)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return new RunUpdate(last, clock.GetElapsedTime(heard));
                        continue;
                    }

                    if (await next.ConfigureAwait(false) is not { } progress)
                    {
                        break;
                    }

                    (last, heard, next) = (progress, clock.GetTimestamp(), null);
                    var update = new RunUpdate(last, TimeSpan.Zero);
                    pause = update.HasEnded ? MaxPause : FirstPause;
                    yield return update;
                }
            }

            // The run has ended, and another may begin; or the learner is away, and comes back.
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, MaxPause.Ticks));
            yield return new RunUpdate(last, clock.GetElapsedTime(heard));
        }
    }

    /// <summary>The next message; null at the stream's end, and when the learner is away.</summary>
    private static async Task<Progress?> NextAsync(IAsyncStreamReader<Progress> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken).ConfigureAwait(false) ? stream.Current : null;
        }
        catch (RpcException e) when (LostCall.Is(e, cancellationToken))
        {
            return null;
        }
    }
}
