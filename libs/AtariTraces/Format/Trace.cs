using System.Collections.Immutable;

namespace DqnAspire.AtariTraces.Format;

/// <summary>A recorded game: what the player did in each frame, and what the console was then.</summary>
/// <param name="Header">What it was recorded with.</param>
/// <param name="Rows">The frames.</param>
public sealed record Trace(TraceHeader Header, ImmutableArray<TraceRow> Rows);
