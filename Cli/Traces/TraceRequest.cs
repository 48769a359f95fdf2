using System.Collections.Immutable;
using DqnAspire.AtariTraces.Format;

namespace DqnAspire.Cli.Traces;

/// <summary>What the options of <c>dqn trace</c> ask for; null where an option is not given.</summary>
/// <param name="Rom">The cartridge's file.</param>
/// <param name="Script">Who plays.</param>
/// <param name="Hold">Frames for which an action is held.</param>
/// <param name="Frames">Frames to play.</param>
/// <param name="Resets">Resets after the first.</param>
/// <param name="Settings">Properties to override.</param>
internal sealed record TraceRequest(
    string Rom, string? Script, int? Hold, int? Frames, int? Resets, ImmutableArray<TraceSetting> Settings);
