using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StackExchange.Redis;

/// <summary>
/// A value that Redis stores: null, bytes, text or a number. It keeps what it was made from and converts when asked; bytes are
/// referred to, not copied, so they must not change before the command that carries them has completed.
/// </summary>
/// <remarks>
/// Values are equal when their texts are the same number, or else the same text: <c>"1"</c>, <c>1</c> and <c>1.0</c> are equal.
/// A null is equal to null only, and converts to zero where a number is wanted.
/// </remarks>
public readonly struct RedisValue : IEquatable<RedisValue>, IComparable<RedisValue>, IComparable
{
    private static readonly object Signed = new();
    private static readonly object Unsigned = new();
    private static readonly object Floating = new();

    /// <summary>Null, one of the three marks of a number in <see cref="_bits"/>, a string, a byte array or a memory manager.</summary>
    private readonly object? _object;

    /// <summary>The number; for bytes, the offset in the low half and the length in the high half.</summary>
    private readonly long _bits;

    /// <summary>A text.</summary>
    /// <param name="value">The text; null gives <see cref="Null"/>.</param>
    public RedisValue(string value)
    {
        _object = value;
    }

    private RedisValue(object? mark, long bits)
    {
        _object = mark;
        _bits = bits;
    }

    private enum Kind
    {
        Null,
        Signed,
        Unsigned,
        Floating,
        Text,
        Bytes,
    }

    /// <summary>The empty string.</summary>
    public static RedisValue EmptyString { get; } = new(string.Empty);

    /// <summary>No value: what a missing key gives.</summary>
    public static RedisValue Null => default;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _object is null;

    /// <summary>Whether this was made from an integer; a text of digits is not, but converts.</summary>
    public bool IsInteger => ReferenceEquals(_object, Signed) || ReferenceEquals(_object, Unsigned);

    /// <summary>Whether there is no value, or one without any byte.</summary>
    public bool IsNullOrEmpty => Storage switch
    {
        Kind.Null => true,
        Kind.Text => ((string)_object!).Length == 0,
        Kind.Bytes => BytesLength == 0,
        _ => false,
    };

    /// <summary>Whether there is at least one byte.</summary>
    public bool HasValue => !IsNullOrEmpty;

    private Kind Storage
    {
        get
        {
            var mark = _object;
            if (mark is null)
            {
                return Kind.Null;
            }

            if (mark is byte[] or MemoryManager<byte>)
            {
                return Kind.Bytes;
            }

            return mark is string ? Kind.Text
                : ReferenceEquals(mark, Signed) ? Kind.Signed
                : ReferenceEquals(mark, Unsigned) ? Kind.Unsigned
                : Kind.Floating;
        }
    }

    private int BytesLength => (int)(_bits >> 32);

    private double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="x">One value.</param>
    /// <param name="y">The other.</param>
    public static bool operator ==(RedisValue x, RedisValue y)
    {
        if (x.IsNull || y.IsNull)
        {
            return x.IsNull && y.IsNull;
        }

        x = x.AsNumber();
        y = y.AsNumber();
        var kind = x.Storage;
        var other = y.Storage;
        if (kind is Kind.Text or Kind.Bytes && other is Kind.Text or Kind.Bytes)
        {
            return kind == Kind.Text && other == Kind.Text
                ? (string)x._object! == (string)y._object!
                : kind == Kind.Bytes && other == Kind.Bytes ? x.Bytes().SequenceEqual(y.Bytes()) : x.ToString() == y.ToString();
        }

        return kind == other && (kind == Kind.Floating ? x.Double.Equals(y.Double) : x._bits == y._bits);
    }

    /// <summary>Whether they are different values.</summary>
    /// <param name="x">One value.</param>
    /// <param name="y">The other.</param>
    public static bool operator !=(RedisValue x, RedisValue y) => !(x == y);

    /// <summary>A text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator RedisValue(string? value) => value is null ? default : new(value);

    /// <summary>Bytes, referred to.</summary>
    /// <param name="value">The bytes.</param>
    public static implicit operator RedisValue(byte[]? value) => value is null ? default : new(value, (long)value.Length << 32);

    /// <summary>Bytes, referred to.</summary>
    /// <param name="value">The bytes.</param>
    public static implicit operator RedisValue(Memory<byte> value) => (ReadOnlyMemory<byte>)value;

    /// <summary>Bytes, referred to.</summary>
    /// <param name="value">The bytes.</param>
    public static implicit operator RedisValue(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
        {
            return EmptyString;
        }

        if (MemoryMarshal.TryGetArray(value, out var segment))
        {
            return new RedisValue(segment.Array, Packed(segment.Offset, segment.Count));
        }

        return MemoryMarshal.TryGetMemoryManager<byte, MemoryManager<byte>>(value, out var manager, out var start, out var length)
            ? new RedisValue(manager, Packed(start, length))
            : throw new ArgumentException("Unrecognized memory type", nameof(value));
    }

    /// <summary>Bytes, referred to where they lie in one piece, otherwise copied.</summary>
    /// <param name="value">The bytes.</param>
    public static implicit operator RedisValue(ReadOnlySequence<byte> value) => value.IsSingleSegment ? value.First : value.ToArray();

    /// <summary>1 or 0.</summary>
    /// <param name="value">The truth value.</param>
    public static implicit operator RedisValue(bool value) => new(Signed, value ? 1 : 0);

    /// <summary>1, 0 or null.</summary>
    /// <param name="value">The truth value.</param>
    public static implicit operator RedisValue(bool? value) => value is { } known ? known : default(RedisValue);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(int value) => new(Signed, value);

    /// <summary>An integer or null.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(int? value) => value is { } known ? known : default(RedisValue);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(uint value) => new(Signed, value);

    /// <summary>An integer or null.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(uint? value) => value is { } known ? known : default(RedisValue);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(long value) => new(Signed, value);

    /// <summary>An integer or null.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(long? value) => value is { } known ? known : default(RedisValue);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(ulong value) => new(value <= long.MaxValue ? Signed : Unsigned, (long)value);

    /// <summary>An integer or null.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(ulong? value) => value is { } known ? known : default(RedisValue);

    /// <summary>A floating point number; a whole one becomes an integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(double value)
        => Math.Abs(value) < 1L << 62 && Math.Floor(value) == value
            ? new RedisValue(Signed, (long)value)
            : new RedisValue(Floating, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A floating point number or null.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator RedisValue(double? value) => value is { } known ? known : default(RedisValue);

    /// <summary>The text; bytes are read as UTF-8.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator string?(RedisValue value) => value.Storage switch
    {
        Kind.Null => null,
        Kind.Text => (string)value._object!,
        Kind.Signed => value._bits.ToString(CultureInfo.InvariantCulture),
        Kind.Unsigned => ((ulong)value._bits).ToString(CultureInfo.InvariantCulture),
        Kind.Floating => NumberText.Format(value.Double),
        _ => Encoding.UTF8.GetString(value.Bytes()),
    };

    /// <summary>The bytes; those of a whole array are that array itself.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator byte[]?(RedisValue value)
    {
        if (value.IsNull)
        {
            return null;
        }

        if (value._object is byte[] array && value.BytesLength == array.Length)
        {
            return array;
        }

        var bytes = new byte[value.GetByteCount()];
        value.CopyTo(bytes);
        return bytes;
    }

    /// <summary>The bytes, without a copy where they are held as such.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator ReadOnlyMemory<byte>(RedisValue value) => value._object switch
    {
        byte[] array => new ReadOnlyMemory<byte>(array, (int)value._bits, value.BytesLength),
        MemoryManager<byte> manager => manager.Memory.Slice((int)value._bits, value.BytesLength),
        _ => (byte[]?)value,
    };

    /// <summary>The bytes, without a copy where they are held as such.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator ReadOnlySequence<byte>(RedisValue value) => new((ReadOnlyMemory<byte>)value);

    /// <summary>True for 1, false for 0 and null.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is neither.</exception>
    public static explicit operator bool(RedisValue value) => (long)value switch
    {
        0 => false,
        1 => true,
        _ => throw new InvalidCastException($"Unable to cast to bool: '{value}'"),
    };

    /// <summary>The truth value, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator bool?(RedisValue value) => value.IsNull ? null : (bool)value;

    /// <summary>The number.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is not an integer.</exception>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static explicit operator int(RedisValue value) => checked((int)(long)value);

    /// <summary>The number, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator int?(RedisValue value) => value.IsNull ? null : (int)value;

    /// <summary>The number.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is not an integer.</exception>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static explicit operator uint(RedisValue value) => checked((uint)(ulong)value);

    /// <summary>The number, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator uint?(RedisValue value) => value.IsNull ? null : (uint)value;

    /// <summary>The number.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is not an integer.</exception>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static explicit operator long(RedisValue value)
    {
        var number = value.AsNumber();
        return number.Storage switch
        {
            Kind.Null => 0,
            Kind.Signed => number._bits,
            Kind.Unsigned => checked((long)(ulong)number._bits),
            _ => throw number.CannotBe("long"),
        };
    }

    /// <summary>The number, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator long?(RedisValue value) => value.IsNull ? null : (long)value;

    /// <summary>The number.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is not an integer.</exception>
    /// <exception cref="OverflowException">It is negative.</exception>
    public static explicit operator ulong(RedisValue value)
    {
        var number = value.AsNumber();
        return number.Storage switch
        {
            Kind.Null => 0,
            Kind.Signed => checked((ulong)number._bits),
            Kind.Unsigned => (ulong)number._bits,
            _ => throw number.CannotBe("ulong"),
        };
    }

    /// <summary>The number, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator ulong?(RedisValue value) => value.IsNull ? null : (ulong)value;

    /// <summary>The number; the texts <c>inf</c>, <c>-inf</c> and <c>nan</c> are numbers too.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is not a number.</exception>
    public static explicit operator double(RedisValue value) => value.TryParse(out double number) ? number : throw value.CannotBe("double");

    /// <summary>The number, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator double?(RedisValue value) => value.IsNull ? null : (double)value;

    /// <summary>The number.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidCastException">It is not a number.</exception>
    public static explicit operator float(RedisValue value) => (float)(double)value;

    /// <summary>The number, or null.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator float?(RedisValue value) => value.IsNull ? null : (float)value;

    /// <summary>What a stream holds, without a copy where it lets its buffer be seen.</summary>
    /// <param name="stream">The stream; null gives <see cref="Null"/>.</param>
    public static RedisValue CreateFrom(MemoryStream stream)
        => stream is null ? default : stream.TryGetBuffer(out var segment) ? segment.AsMemory() : stream.ToArray();

    /// <summary>Length in bytes of what is sent for this value; 0 for null.</summary>
    public long Length() => GetByteCount();

    /// <summary>Length in bytes of what is sent for this value; 0 for null.</summary>
    public int GetByteCount()
    {
        switch (Storage)
        {
            case Kind.Null:
                return 0;
            case Kind.Bytes:
                return BytesLength;
            case Kind.Text:
                return Encoding.UTF8.GetByteCount((string)_object!);
            default:
                return CopyTo(stackalloc byte[NumberText.MaxLength]);
        }
    }

    /// <summary>Writes what is sent for this value.</summary>
    /// <param name="destination">At least <see cref="GetByteCount"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public int CopyTo(Span<byte> destination)
    {
        switch (Storage)
        {
            case Kind.Null:
                return 0;
            case Kind.Bytes:
                Bytes().CopyTo(destination);
                return BytesLength;
            case Kind.Text:
                return Encoding.UTF8.GetBytes((string)_object!, destination);
            case Kind.Signed:
                return NumberText.Format(_bits, destination);
            case Kind.Unsigned:
                return NumberText.Format((ulong)_bits, destination);
            default:
                return NumberText.Format(Double, destination);
        }
    }

    /// <summary>Reads an integer; null is 0.</summary>
    /// <param name="val">The number.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryParse(out long val)
    {
        var number = AsNumber();
        val = number.Storage == Kind.Signed ? number._bits : 0;
        return number.Storage is Kind.Signed or Kind.Null;
    }

    /// <summary>Reads an integer of 32 bits; null is 0.</summary>
    /// <param name="val">The number.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryParse(out int val)
    {
        var fits = TryParse(out long wide) && wide is >= int.MinValue and <= int.MaxValue;
        val = fits ? (int)wide : 0;
        return fits;
    }

    /// <summary>Reads a number; null is 0.</summary>
    /// <param name="val">The number.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryParse(out double val)
    {
        switch (Storage)
        {
            case Kind.Text:
                return NumberText.TryParseDouble((string)_object!, out val);
            case Kind.Bytes:
                return NumberText.TryParseDouble(Bytes(), out val);
            case Kind.Signed:
                val = _bits;
                return true;
            case Kind.Unsigned:
                val = (ulong)_bits;
                return true;
            default:
                val = IsNull ? 0 : Double;
                return true;
        }
    }

    /// <summary>Whether this value begins with another's bytes.</summary>
    /// <param name="value">The beginning.</param>
    /// <returns>False where either is null.</returns>
    public bool StartsWith(RedisValue value)
        => !IsNull && !value.IsNull && ((ReadOnlyMemory<byte>)this).Span.StartsWith(((ReadOnlyMemory<byte>)value).Span);

    /// <inheritdoc/>
    public bool Equals(RedisValue other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj switch
    {
        null => IsNull,
        RedisValue value => this == value,
        _ => TryFrom(obj, out var value) && this == value,
    };

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var number = AsNumber();
        return number.Storage switch
        {
            Kind.Null => -1,
            Kind.Text or Kind.Bytes => string.GetHashCode(number.ToString(), StringComparison.Ordinal),
            Kind.Floating => number.Double.GetHashCode(),
            _ => number._bits.GetHashCode(),
        };
    }

    /// <summary>Numbers by their size, everything else by its text; null comes first.</summary>
    /// <param name="other">The other value.</param>
    public int CompareTo(RedisValue other)
    {
        if (IsNull || other.IsNull)
        {
            return other.IsNull.CompareTo(IsNull);
        }

        var x = AsNumber();
        var y = other.AsNumber();
        if (x.Storage is Kind.Signed && y.Storage is Kind.Signed)
        {
            return x._bits.CompareTo(y._bits);
        }

        return x.Storage is not (Kind.Text or Kind.Bytes) && y.Storage is not (Kind.Text or Kind.Bytes)
            ? ((double)x).CompareTo((double)y)
            : string.CompareOrdinal(x.ToString(), y.ToString());
    }

    int IComparable.CompareTo(object? obj) => obj is null ? CompareTo(default) : TryFrom(obj, out var value) ? CompareTo(value) : -1;

    /// <summary>The text; empty for null.</summary>
    public override string ToString() => (string?)this ?? string.Empty;

    /// <summary>Takes a value out of an argument of any supported type.</summary>
    internal static bool TryFrom(object? argument, out RedisValue value)
    {
        value = argument switch
        {
            null => default,
            RedisValue known => known,
            string text => text,
            byte[] bytes => bytes,
            ReadOnlyMemory<byte> memory => memory,
            Memory<byte> memory => memory,
            int number => number,
            uint number => number,
            long number => number,
            ulong number => number,
            double number => number,
            float number => number,
            bool truth => truth,
            RedisKey key => key.AsValue(),
            _ => default,
        };
        return !value.IsNull || argument is null or RedisValue or RedisKey;
    }

    /// <summary>Roughly the bytes of memory that this value refers to.</summary>
    internal int HeldBytes => Storage switch
    {
        Kind.Bytes => BytesLength,
        Kind.Text => ((string)_object!).Length,
        _ => 0,
    };

    private static long Packed(int offset, int length) => (uint)offset | ((long)length << 32);

    private ReadOnlySpan<byte> Bytes() => _object is byte[] array
        ? new ReadOnlySpan<byte>(array, (int)_bits, BytesLength)
        : ((MemoryManager<byte>)_object!).GetSpan().Slice((int)_bits, BytesLength);

    /// <summary>A text of a finite number as that number, everything else as it is.</summary>
    private RedisValue AsNumber()
    {
        switch (Storage)
        {
            case Kind.Text:
                var text = (string)_object!;
                Span<byte> utf8 = stackalloc byte[NumberText.MaxLength];
                return text.Length <= NumberText.MaxLength && Encoding.UTF8.TryGetBytes(text, utf8, out var length)
                    ? Numeric(utf8[..length])
                    : this;
            case Kind.Bytes:
                return BytesLength <= NumberText.MaxLength ? Numeric(Bytes()) : this;
            default:
                return this;
        }
    }

    private RedisValue Numeric(ReadOnlySpan<byte> text)
        => NumberText.TryParseInt64(text, out var signed) ? signed
            : NumberText.TryParseUInt64(text, out var unsigned) ? unsigned
            : NumberText.TryParseDouble(text, out var floating) && double.IsFinite(floating) ? floating
            : this;

    private InvalidCastException CannotBe(string type) => new($"Unable to cast from {Storage} to {type}: '{this}'");
}
