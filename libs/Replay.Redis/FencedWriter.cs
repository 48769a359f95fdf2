using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// Changes a table in Redis in the name of one writer; the scripts refuse when another writer has taken it over.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="keys">The table's keys.</param>
/// <param name="generation">The writer's generation.</param>
internal sealed class FencedWriter(RedisLink link, RedisKeys keys, string generation)
{
    // Set by whichever call first finds that the table is lost; it never becomes false again.
    private volatile bool _isLost;

    /// <summary>Runs a script that changes the table.</summary>
    /// <param name="script">The script.</param>
    /// <param name="scriptKeys">Its keys; the first is the table's.</param>
    /// <param name="values">Its arguments after the generation.</param>
    /// <param name="cancellationToken">Cancels the wait; the script may have run all the same.</param>
    /// <returns>False when it answers that there was nothing to change.</returns>
    /// <exception cref="ReplayStoreException">The table was taken over, or is damaged.</exception>
    public async Task<bool> ChangeAsync(
        string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [generation, .. values];
        var answer = (string?)await link
            .RunAsync(db => db.ScriptEvaluateAsync(script, scriptKeys, arguments, RedisLink.Primary), cancellationToken)
            .ConfigureAwait(false);
        if (answer is "ok" or "none")
        {
            return answer == "ok";
        }

        _isLost = true;
        throw answer switch
        {
            "taken" => new ReplayStoreException(
                $"Table '{keys.Name}' in Redis at {link.Address} was taken over by another ReplayService; this one "
                + "cannot write to it any more. Close it here, or stop the other one.",
                StoreProblem.Taken),
            "gone" => new ReplayStoreException(
                $"Table '{keys.Name}' is not in Redis at {link.Address} any more: it was deleted or evicted, or "
                + "Redis was restarted without its data.",
                StoreProblem.Taken),
            _ => Damaged(
                "Redis lost records that it had acknowledged: it was restarted without appendonly yes, from an older "
                + "file, or after a kill with appendfsync everysec. Close the table and open it again to go on from "
                + "what is there"),
        };
    }

    /// <summary>
    /// Sends fields of the table without waiting for an answer; nothing is sent after the table was lost.
    /// </summary>
    /// <param name="fields">Names and values, alternating.</param>
    public void Post(params RedisValue[] fields)
    {
        if (!_isLost)
        {
            link.Post(RedisScripts.Describe, [keys.Table], [generation, .. fields]);
        }
    }

    /// <summary>The error of a table that is damaged.</summary>
    /// <param name="how">What is wrong with it.</param>
    public ReplayStoreException Damaged(string how) =>
        new($"Table '{keys.Name}' in Redis at {link.Address} is damaged: {how}.");
}
