namespace StackExchange.Redis;

/// <summary>The type of a reply as the protocol has it. The low three bits are the RESP2 type that it corresponds to.</summary>
public enum ResultType : byte
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>A short status text.</summary>
    SimpleString = 1,

    /// <summary>An error.</summary>
    Error = 2,

    /// <summary>A 64-bit integer.</summary>
    Integer = 3,

    /// <summary>A string of bytes.</summary>
    BulkString = 4,

    /// <summary>A sequence of replies.</summary>
    Array = 5,

    /// <summary>RESP3: null.</summary>
    Null = (1 << 3) | None,

    /// <summary>RESP3: true or false.</summary>
    Boolean = (1 << 3) | Integer,

    /// <summary>RESP3: a floating point number.</summary>
    Double = (1 << 3) | SimpleString,

    /// <summary>RESP3: an integer of any size.</summary>
    BigInteger = (2 << 3) | SimpleString,

    /// <summary>RESP3: an error of any length.</summary>
    BlobError = (1 << 3) | Error,

    /// <summary>RESP3: a text with its format, such as <c>txt:</c>, before it.</summary>
    VerbatimString = (1 << 3) | BulkString,

    /// <summary>RESP3: names and values in turn.</summary>
    Map = (1 << 3) | Array,

    /// <summary>RESP3: different replies in no order.</summary>
    Set = (2 << 3) | Array,

    /// <summary>RESP3: facts about the reply that follows.</summary>
    Attribute = (3 << 3) | Array,

    /// <summary>RESP3: something that was not asked for.</summary>
    Push = (4 << 3) | Array,
}
