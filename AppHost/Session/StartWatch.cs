using System.Globalization;
using DqnAspire.AppHost.Supervision;

namespace DqnAspire.AppHost.Session;

/// <summary>No wait at the start is both long and silent: it says what it waits for, and ends.</summary>
/// <param name="clock">Measures time.</param>
/// <param name="say">Gets a line for the user.</param>
internal sealed class StartWatch(TimeProvider clock, Action<string> say)
{
    /// <summary>How long a wait may be silent.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    /// <summary>How long a wait may last; a first start on a slow machine takes a fraction of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Waits for work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="what">What it waits for, for people.</param>
    /// <exception cref="ServiceFailedException">It took too long.</exception>
    public async Task<T> WaitAsync<T>(Task<T> work, string what)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            using var done = new CancellationTokenSource();
            var silence = Task.Delay(MaxSilence, clock, done.Token);
            if (await Task.WhenAny(work, silence).ConfigureAwait(false) == work)
            {
                await done.CancelAsync().ConfigureAwait(false);
                return await work.ConfigureAwait(false);
            }

            var waited = clock.GetElapsedTime(started);
            if (waited >= Patience)
            {
                throw new ServiceFailedException(string.Create(
                    CultureInfo.InvariantCulture, $"{what} has not answered for {waited.TotalSeconds:0} s."));
            }

            say(string.Create(CultureInfo.InvariantCulture, $"Waiting for {what} ({waited.TotalSeconds:0} s)."));
        }
    }

    /// <inheritdoc cref="WaitAsync{T}"/>
    public Task WaitAsync(Task work, string what) => WaitAsync(WithResult(work), what);

    private static async Task<bool> WithResult(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }
}
