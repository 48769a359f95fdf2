namespace DqnAspire.Runs.Sessions;

/// <summary>The replay answers, but cannot become what it was at a checkpoint.</summary>
/// <param name="reason">What the replay says.</param>
internal sealed class MissingMarkException(Exception reason) : Exception(reason.Message, reason);
