using DqnAspire.Play.Games;
using DqnAspire.Play.Policies;

namespace DqnAspire.Play.Recordings;

/// <summary>Who plays what in a recording.</summary>
/// <param name="Settings">The game.</param>
/// <param name="ActionNames">Name of each action.</param>
/// <param name="Policy">Who plays; null: a person.</param>
public sealed record RecordingSubject(
    GameSettings Settings, IReadOnlyList<string> ActionNames, LoadedPolicy? Policy);
