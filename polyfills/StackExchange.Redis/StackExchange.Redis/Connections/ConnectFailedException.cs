namespace StackExchange.Redis;

/// <summary>A connection could not be made.</summary>
/// <param name="type">At which step.</param>
/// <param name="cause">Why.</param>
internal sealed class ConnectFailedException(ConnectionFailureType type, Exception cause) : Exception(cause.Message, cause)
{
    public ConnectionFailureType Type => type;
}
