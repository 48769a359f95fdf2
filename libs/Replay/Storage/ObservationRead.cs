namespace DqnAspire.Replay.Storage;

/// <summary>A request for one observation.</summary>
/// <param name="Record">Number of its record.</param>
/// <param name="Destination">Receives it: as many bytes as an observation has.</param>
public readonly record struct ObservationRead(long Record, Memory<byte> Destination);
