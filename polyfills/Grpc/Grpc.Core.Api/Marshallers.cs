using System.Text;

namespace Grpc.Core;

/// <summary>Creates marshallers with the message type inferred.</summary>
public static class Marshallers
{
    /// <summary>A marshaller of text in UTF-8.</summary>
    public static Marshaller<string> StringMarshaller { get; } = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    /// <summary>Creates a marshaller that works on arrays.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="serializer">Turns a message into its bytes.</param>
    /// <param name="deserializer">Turns bytes into a message.</param>
    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) => new(serializer, deserializer);

    /// <summary>Creates a marshaller that works on the call's own buffers.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="serializer">Writes a message to a context and completes it.</param>
    /// <param name="deserializer">Reads a message from a context.</param>
    public static Marshaller<T> Create<T>(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer) =>
        new(serializer, deserializer);
}
