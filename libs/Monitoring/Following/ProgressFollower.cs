using System.Runtime.CompilerServices;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;

namespace DqnAspire.Monitoring.Following;

/// <summary>
/// Follows the run of a learner. When the learner is lost, the call is repeated until it answers again.
/// </summary>
/// <param name="learner">The learner.</param>
/// <param name="clock">Measures time.</param>
public sealed class ProgressFollower(LearnerService.LearnerServiceClient learner, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Yields an update for every report of the learner, and at least one a second. It never ends by itself.
    /// </summary>
    /// <exception cref="RpcException">The learner refuses to be watched.</exception>
    public async IAsyncEnumerable<ProgressUpdate> FollowAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TrainingStatus? last = null;
        var received = clock.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            using (var watch = learner.Watch(new WatchRequest(), cancellationToken: cancellationToken))
            {
                for (Task<Progress?>? next = null; ;)
                {
                    next ??= NextAsync(watch.ResponseStream, cancellationToken);
                    var heartbeat = Task.Delay(Heartbeat, clock, cancellationToken);
                    if (await Task.WhenAny(next, heartbeat).ConfigureAwait(false) != next)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return new ProgressUpdate(last, clock.GetElapsedTime(received));
                        continue;
                    }

                    if (await next.ConfigureAwait(false) is not { } progress)
                    {
                        break;
                    }

                    (last, received, next) = (Messages.ToStatus(progress), clock.GetTimestamp(), null);
                    var update = new ProgressUpdate(last, TimeSpan.Zero);
                    pause = update.HasEnded ? MaxPause : FirstPause;
                    yield return update;
                }
            }

            // The run has ended and another one may start, or the learner is away and will come back.
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, MaxPause.Ticks));
            yield return new ProgressUpdate(last, clock.GetElapsedTime(received));
        }
    }

    /// <summary>Reads the next report.</summary>
    /// <returns>Null: the stream has ended, or the learner is away.</returns>
    private static async Task<Progress?> NextAsync(
        IAsyncStreamReader<Progress> stream, CancellationToken cancellationToken)
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
