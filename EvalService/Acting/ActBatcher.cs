using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DqnAspire.Agents.Policies;
using DqnAspire.Core.Networks;
using DqnAspire.Play.Policies;

namespace DqnAspire.EvalService.Acting;

/// <summary>
/// Computes what policies think of states. Callers that come while a batch is computed share the next one: a caller
/// that finds nobody at work computes at once, for itself and for all who have come meanwhile.
/// </summary>
public sealed class ActBatcher
{
    /// <summary>States of a batch: more gain nothing, and make the first wait for the last.</summary>
    private const int MaxStates = 256;

    private readonly ConditionalWeakTable<LoadedPolicy, Queue> _queues = [];

    /// <summary>Computes.</summary>
    /// <param name="policy">Whose thoughts they are.</param>
    /// <param name="states">[count, stack, observation]; unchanged until the task ends.</param>
    /// <param name="count">Number of states.</param>
    /// <param name="withDistributions">Whether the distributions of the returns are wanted.</param>
    /// <exception cref="ArgumentException">A state is not one of the environment's.</exception>
    public Task<Thoughts> ThinkAsync(
        LoadedPolicy policy, ReadOnlyMemory<byte> states, int count, bool withDistributions) =>
        _queues.GetValue(policy, key => new Queue(key)).ThinkAsync(new Request(states, count, withDistributions));

    private sealed class Request(ReadOnlyMemory<byte> states, int count, bool withDistributions)
    {
        public ReadOnlyMemory<byte> States => states;

        public int Count => count;

        public bool WithDistributions => withDistributions;

        public TaskCompletionSource<Thoughts> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Queue(LoadedPolicy policy)
    {
        private readonly ConcurrentQueue<Request> _waiting = [];

        /// <summary>1 while somebody computes.</summary>
        private int _busy;

        public Task<Thoughts> ThinkAsync(Request request)
        {
            _waiting.Enqueue(request);
            // Whoever leaves looks again: a request that came in just before must not be left alone.
            while (!_waiting.IsEmpty && Interlocked.Exchange(ref _busy, 1) == 0)
            {
                try
                {
                    Work();
                }
                finally
                {
                    Volatile.Write(ref _busy, 0);
                }
            }

            return request.Answer.Task;
        }

        private void Work()
        {
            using var lease = policy.Rent();
            var batch = new List<Request>();
            while (_waiting.TryDequeue(out var first))
            {
                batch.Add(first);
                var count = first.Count;
                while (_waiting.TryPeek(out var next) && count + next.Count <= MaxStates
                    && _waiting.TryDequeue(out next))
                {
                    batch.Add(next);
                    count += next.Count;
                }

                Compute(lease.Policy, batch, count);
                batch.Clear();
            }
        }

        private static void Compute(IPolicy policy, List<Request> batch, int count)
        {
            if (batch.Count > 1)
            {
                var states = new byte[count * policy.Stack * policy.ObservationBytes];
                var end = 0;
                foreach (var request in batch)
                {
                    request.States.CopyTo(states.AsMemory(end));
                    end += request.States.Length;
                }

                try
                {
                    var thoughts = Think(policy, states, count, batch.Exists(request => request.WithDistributions));
                    var start = 0;
                    foreach (var request in batch)
                    {
                        request.Answer.SetResult(thoughts.Slice(start, request.Count, count));
                        start += request.Count;
                    }

                    return;
                }
                catch (ArgumentException)
                {
                    // One of the requests is wrong; each is told by itself.
                }
            }

            foreach (var request in batch)
            {
                try
                {
                    request.Answer.SetResult(
                        Think(policy, request.States.Span, request.Count, request.WithDistributions));
                }
                catch (Exception e)
                {
                    request.Answer.SetException(e);
                }
            }
        }

        private static Thoughts Think(IPolicy policy, ReadOnlySpan<byte> states, int count, bool withDistributions)
        {
            var actions = new int[count];
            var values = new float[count * policy.Actions];
            policy.ActionValues(states, values);
            if (policy is TablePolicy)
            {
                // A table compares in double precision.
                policy.ActGreedily(states, actions);
            }
            else
            {
                ArgMax.OfRows(values, actions);
            }

            var distributions = withDistributions && policy.Values is not PlainValues
                ? new float[count * policy.Actions * policy.Values.Outputs]
                : [];
            if (distributions.Length > 0)
            {
                policy.Distributions(states, distributions);
            }

            return new Thoughts(actions, values, distributions, policy.Values);
        }
    }
}
