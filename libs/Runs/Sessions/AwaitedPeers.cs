using System.Globalization;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// Whom a run begins with: its environments and its experience. No wait for them is both long and silent: after some
/// seconds without an answer a notice says for whom the run waits.
/// </summary>
/// <param name="context">The peers and what they are called.</param>
/// <param name="status">Gets the notices.</param>
internal sealed class AwaitedPeers(SessionContext context, SessionStatus status) : ILaneSource, IReplaySource
{
    /// <summary>How long a wait may be silent.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    private readonly CheckpointedReplay _replay = new(context.Replay);

    /// <inheritdoc/>
    public Task<string?> FindProblemAsync(string environmentId, CancellationToken cancellationToken) =>
        ForLanes(context.Lanes.FindProblemAsync(environmentId, cancellationToken));

    /// <inheritdoc/>
    public Task<string?> FindWarningAsync(string environmentId, CancellationToken cancellationToken) =>
        ForLanes(context.Lanes.FindWarningAsync(environmentId, cancellationToken));

    /// <inheritdoc/>
    public Task<EnvironmentDescription?> DescribeAsync(
        string environmentId, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken) =>
        ForLanes(context.Lanes.DescribeAsync(environmentId, options, cancellationToken));

    /// <inheritdoc/>
    public Task<ILanes> OpenAsync(
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        int lanes,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken) =>
        ForLanes(context.Lanes.OpenAsync(environmentId, options, lanes, seed, autoReset, cancellationToken));

    /// <inheritdoc/>
    public Task<IReplaySession> CreateAsync(
        ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken) =>
        ForReplay(_replay.CreateAsync(spec, environment, cancellationToken));

    /// <inheritdoc/>
    public Task<IReplaySession> ReopenAsync(
        ReplaySpec spec,
        EnvironmentInfo environment,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken) =>
        ForReplay(_replay.ReopenAsync(spec, environment, mark, samplerState, cancellationToken));

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        _replay.DeleteAsync(name, cancellationToken);

    private Task<T> ForLanes<T>(Task<T> answer) => WaitAsync(context.LanesName, answer);

    private Task<T> ForReplay<T>(Task<T> answer) => WaitAsync(context.ReplayName, answer);

    private async Task<T> WaitAsync<T>(string whom, Task<T> answer)
    {
        if (answer.IsCompleted)
        {
            return await answer.ConfigureAwait(false);
        }

        using var answered = new CancellationTokenSource();
        var silence = Task.Delay(MaxSilence, context.Options.Clock, answered.Token);
        if (await Task.WhenAny(answer, silence).ConfigureAwait(false) == answer)
        {
            await answered.CancelAsync().ConfigureAwait(false);
            return await answer.ConfigureAwait(false);
        }

        status.Notify(string.Create(
            CultureInfo.InvariantCulture,
            $"The run waits for {whom}, which has not answered for {MaxSilence.TotalSeconds:0} s."));
        var result = await answer.ConfigureAwait(false);
        status.Resolve($"{whom} has answered.");
        return result;
    }
}
