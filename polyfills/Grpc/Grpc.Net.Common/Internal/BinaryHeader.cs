namespace Grpc.Net.Internal;

/// <summary>Values of <c>-bin</c> headers: base64, which a peer may send with or without padding.</summary>
internal static class BinaryHeader
{
    public static string Encode(byte[] value) => Convert.ToBase64String(value);

    /// <exception cref="FormatException">The value is not base64.</exception>
    public static byte[] Decode(string value) => Convert.FromBase64String(
        (value.Length % 4) switch
        {
            2 => value + "==",
            3 => value + "=",
            _ => value,
        });
}
