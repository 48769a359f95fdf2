namespace StackExchange.Redis;

/// <summary>A server sent what is not RESP. What follows cannot be understood either: the connection is lost.</summary>
/// <param name="message">What was found.</param>
internal sealed class RespProtocolException(string message) : Exception(message);
