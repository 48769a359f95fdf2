using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments.State;

/// <summary>
/// Gives back what a <see cref="StateWriter"/> collected, in the same order. What does not fit is refused with a
/// <see cref="StateException"/>; the object that is being restored may then have taken a part of the state only.
/// </summary>
public sealed class StateReader
{
    /// <summary>Maximum bytes of a state where the caller gives no other limit.</summary>
    public const int DefaultMaxContentBytes = 1 << 30;

    private const int MaxTextInMessage = 60;

    private readonly byte[] _content;
    private string _section = "";
    private int _position;

    /// <summary>Opens a state.</summary>
    /// <param name="state">What <see cref="StateWriter.ToArray"/> gave.</param>
    /// <param name="maxContentBytes">Maximum bytes that it may unpack to.</param>
    /// <exception cref="StateException">
    /// The bytes are no state, of another version, cut off, damaged or too large.
    /// </exception>
    public StateReader(ReadOnlySpan<byte> state, long maxContentBytes = DefaultMaxContentBytes)
        : this(StateEnvelope.Open(state, maxContentBytes))
    {
    }

    private StateReader(byte[] content) => _content = content;

    /// <summary>Reads what a writer holds, without an envelope.</summary>
    internal static StateReader Of(StateWriter writer) => new(writer.Content.ToArray());

    /// <summary>Begins the part of the state that a section of that name wrote.</summary>
    /// <param name="name">Name of the section.</param>
    /// <exception cref="StateException">Another part is next: the state is of another environment.</exception>
    public void Section(string name)
    {
        var found = ReadText();
        if (found != name)
        {
            throw new StateException(
                $"The state is of something else: it goes on with '{Shorten(found)}' where '{name}' is due.");
        }

        _section = name;
    }

    /// <summary>Compares a setting with that of the environment which was saved.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="value">Its value here.</param>
    /// <exception cref="StateException">It was another one there.</exception>
    public void Setting(string name, IConvertible value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var found = ReadText();
        if (found != name)
        {
            throw Refuse($"it has '{Shorten(found)}' where '{name}' is due");
        }

        var (there, here) = (ReadText(), value.ToString(CultureInfo.InvariantCulture));
        if (there != here)
        {
            throw Refuse($"it was saved with {name} '{Shorten(there)}', and here that is '{Shorten(here)}'");
        }
    }

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw Refuse($"{other} is neither true nor false"),
    };

    /// <summary>Reads a whole number.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads a whole number that has bounds.</summary>
    /// <param name="name">What it is, for the message.</param>
    /// <param name="low">The least that it can be.</param>
    /// <param name="high">The greatest that it can be.</param>
    /// <exception cref="StateException">It is outside.</exception>
    public int ReadInt32(string name, int low, int high) =>
        ReadInt32() is var value && value >= low && value <= high
            ? value
            : throw Refuse($"{name} is {value}, not of {low}..{high}");

    /// <summary>Reads a whole number.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>Reads a number with all its bits.</summary>
    public float ReadSingle() => BitConverter.Int32BitsToSingle(ReadInt32());

    /// <summary>Reads a number with all its bits.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadUInt64());

    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <param name="values">Receives them.</param>
    public void Read(Span<int> values)
    {
        foreach (ref var value in values)
        {
            value = ReadInt32();
        }
    }

    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <param name="values">Receives them.</param>
    public void Read(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = ReadDouble();
        }
    }

    /// <summary>Reads as many bytes as there is room for.</summary>
    /// <param name="bytes">Receives them.</param>
    public void Read(Span<byte> bytes) => Take(bytes.Length).CopyTo(bytes);

    /// <summary>Reads a generator.</summary>
    /// <returns>A generator that continues the saved one; null when none was saved.</returns>
    /// <exception cref="StateException">No generator has such a state.</exception>
    public Pcg64? ReadPcg64()
    {
        var isThere = ReadBoolean();
        var state = new Pcg64State(
            new UInt128(ReadUInt64(), ReadUInt64()),
            new UInt128(ReadUInt64(), ReadUInt64()),
            ReadBoolean(),
            (uint)ReadInt32());
        if (!isThere)
        {
            return null;
        }

        return UInt128.IsOddInteger(state.Increment)
            ? new Pcg64(state)
            : throw Refuse("the increment of its generator is even");
    }

    /// <summary>Looks that everything was read.</summary>
    /// <exception cref="StateException">Something is left.</exception>
    public void RequireEnd()
    {
        if (_position != _content.Length)
        {
            throw Refuse($"it goes on for {_content.Length - _position} bytes after its end");
        }
    }

    /// <summary>The error for a part of the state that does not fit.</summary>
    /// <param name="reason">What does not fit, a clause without a full stop.</param>
    /// <param name="innerException">The error that showed it; null when there was none.</param>
    /// <returns>The error to throw.</returns>
    public StateException Refuse(string reason, Exception? innerException = null) =>
        new($"The state does not fit, at {_section}: {reason}.", innerException);

    private string ReadText()
    {
        var length = ReadInt32();
        return Encoding.UTF8.GetString(Take(length));
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _content.Length - _position)
        {
            throw Refuse("it ends too early");
        }

        var taken = _content.AsSpan(_position, length);
        _position += length;
        return taken;
    }

    private static string Shorten(string text) =>
        text.Length <= MaxTextInMessage ? text : $"{text[..MaxTextInMessage]}...";
}
