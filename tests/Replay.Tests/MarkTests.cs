using DqnAspire.Randomness;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using FsCheck;
using FsCheck.Fluent;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

/// <summary>A table that went back to a mark is the table that never went on.</summary>
public sealed class MarkTests : IDisposable
{
    private const int Width = 5000;

    private readonly string _root = Directory.CreateTempSubdirectory("dqn-marks-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnyHistory_GoneBackToAMark_IsSampledAsIfNothingHadHappened(bool onDisk)
    {
        var count = 0;
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            seed =>
            {
                var random = new Pcg64(seed);
                var spec = new TableSpec(Width, (int)random.Integers(20, 600))
                {
                    MaxStack = (int)random.Integers(1, 3),
                    PriorityExponent = random.NextDouble() < 0.7 ? 0.6 : 0,
                    RewindSteps = (int)random.Integers(0, 500),
                };
                var directory = Path.Combine(_root, $"{count++}");
                var table = Open(spec, onDisk, directory, isNew: true);
                var lanes = (int)random.Integers(1, 5);
                // From an empty table to several rounds of a ring.
                var before = random.NextDouble() < 0.3 ? spec.Slots + random.Integers(0, 9000) : random.Integers(0, 2000);
                foreach (var block in Histories.Random(random, lanes, (int)before, Width))
                {
                    Append(table, block);
                    if (random.NextDouble() < 0.1)
                    {
                        Touch(table, random);
                    }
                }

                var sampler = Sampler(spec, new Pcg64(seed + 1));
                var transitions = TransitionViewTests.RandomSpec(random, spec.MaxStack);
                Draw(table, sampler, transitions);
                var state = sampler.State.ToBytes();
                table.MarkAsync("here").AsTask().GetAwaiter().GetResult();
                var marked = Contents(table, transitions);

                // The run that never stopped: the same from here on twice, the second time after going back.
                var future = Histories.Random(new Pcg64(seed + 2), lanes, (int)random.Integers(1, 400), Width, first: (int)before)
                    .Select(b => Begun(table, b)).ToList();
                var first = GoOn(table, Restored(spec, state), transitions, future, seed);
                for (var again = 0; again < 2; again++)
                {
                    table = Reopen(table, spec, onDisk && random.NextDouble() < 0.5, directory);
                    table.RewindAsync("here").AsTask().GetAwaiter().GetResult();
                    table = Reopen(table, spec, onDisk && random.NextDouble() < 0.5, directory);
                    Assert.Equal(marked, Contents(table, transitions));
                    Assert.Equal(first, GoOn(table, Restored(spec, state), transitions, future, seed));
                }

                table.Dispose();
            }).QuickCheckThrowOnFailure();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static ISampler Sampler(TableSpec spec, Pcg64 random) =>
        spec.PriorityExponent > 0 ? new PrioritizedSampler(random) : new UniformSampler(random);
}
