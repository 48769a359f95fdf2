namespace DqnAspire.Replay.Storage;

/// <summary>An observation that is wanted somewhere.</summary>
/// <param name="Record">Number of its record.</param>
/// <param name="Destination">Receives it: as many bytes as an observation has.</param>
public readonly record struct ObservationRead(long Record, Memory<byte> Destination);
