using System.Globalization;
using DqnAspire.Core.Randomness;
using DqnAspire.Replay;
using DqnAspire.Replay.CrashWriter;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Storage;

// DIRECTORY SEED: appends to the table there until it is killed, and says how far it got after every block. In a table
// with room for going back it also marks, and goes back: first it says "from, to".
var options = new FileStoreOptions { ResidentBytes = 1 << 20 };
var random = new Pcg64(ulong.Parse(args[1], CultureInfo.InvariantCulture));
try
{
    using var table = await ReplayTable.OpenAsync(FileReplayStore.Open(args[0], options));
    var observations = new byte[TableSpec.MaxBlockRecords * table.Spec.ObservationBytes];
    while (true)
    {
        var records = new StepRecord[random.Integers(1, 300)];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = CrashExperience.Record(table.Records + i);
            CrashExperience.Observe(
                table.Records + i, observations.AsSpan(i * table.Spec.ObservationBytes, table.Spec.ObservationBytes));
        }

        await table.AppendAsync(records, observations.AsMemory(0, records.Length * table.Spec.ObservationBytes));
        Console.Out.WriteLine(table.Records);
        var record = Math.Max(0, table.Records - random.Integers(1, 300));
        var change = table.UpdatePriorities([record], [CrashExperience.Priority(record)]);
        await table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, CancellationToken.None);
        table.Store.Sampled++;
        if (table.Spec.RewindSteps == 0)
        {
            continue;
        }

        await table.Marks.SaveAsync(table.Records.ToString(CultureInfo.InvariantCulture));
        var marks = (await table.Marks.ListAsync()).OrderBy(m => m.Mark.Records).ToList();
        if (marks.Count > 3)
        {
            // Old marks would keep the table from ever filling its ring.
            await table.Marks.DropAsync(marks[0].Name);
            var (name, mark) = marks[(int)random.Integers(1, marks.Count)];
            Console.Out.WriteLine($"{table.Records},{mark.Records}");
            await table.Marks.RewindAsync(name);
            Console.Out.WriteLine(table.Records);
        }
    }
}
catch (Exception e) when (e is ReplayStoreException or ReplayMarkException)
{
    Console.Out.WriteLine(e.Message);
    return 3;
}
