using DqnAspire.Core;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Tests;

/// <summary>
/// Waits for calls of engines and stores where a test, or a property of FsCheck, is not asynchronous.
/// </summary>
internal static class Blocking
{
    public static T Now<T>(this ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    public static void Now(this ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    public static ReplayTable Open(IReplayStore store) =>
        ReplayTable.OpenAsync(store, TestContext.Current.CancellationToken).Now();

    public static TableManifest Manifest(TableSpec spec) =>
        new(spec, ElementType.UInt8, [spec.ObservationBytes], RateLimits.None);

    public static ReplayTable Create(this IReplayEngine engine, string name, TableSpec spec) =>
        Open(engine.CreateAsync(name, Manifest(spec), TestContext.Current.CancellationToken).Now());

    public static ReplayTable Open(this IReplayEngine engine, string name) =>
        Open(engine.OpenAsync(name, TestContext.Current.CancellationToken).Now());

    public static bool Contains(this IReplayEngine engine, string name) =>
        engine.ContainsAsync(name, TestContext.Current.CancellationToken).Now();

    public static bool Delete(this IReplayEngine engine, string name) =>
        engine.DeleteAsync(name, TestContext.Current.CancellationToken).Now();

    /// <summary>Assembles transitions.</summary>
    public static void Read(this TransitionView view, ReadOnlySpan<int> indices, TransitionBuffer batch) =>
        view.ReadAsync(indices, batch, TestContext.Current.CancellationToken).Now();

    /// <summary>Assembles transitions of one observation and one reward each.</summary>
    public static void Read(this ReplayTable table, ReadOnlySpan<int> indices, TransitionBuffer batch) =>
        new TransitionView(table, new()).Read(indices, batch);

    /// <summary>Reads one observation.</summary>
    public static void Read(this IReplayStore store, long record, byte[] observation) =>
        store
            .ReadAsync(new ObservationRead[] { new(record, observation) }, TestContext.Current.CancellationToken).Now();
}
