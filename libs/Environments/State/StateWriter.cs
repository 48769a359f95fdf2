using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments.State;

/// <summary>
/// Collects the state of environments for a <see cref="StateReader"/>, which takes everything in the same order.
/// An object that saves itself begins with a <see cref="Section"/> of its name, then writes the settings that must be the same
/// where the state is restored, then what changes from step to step. Numbers are little-endian.
/// </summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _content = new();

    /// <summary>What was written, as it is: neither compressed nor checked.</summary>
    internal ReadOnlyMemory<byte> Content => _content.WrittenMemory;

    /// <summary>Begins the part of one object.</summary>
    /// <param name="name">Its name, found in the messages of errors.</param>
    public void Section(string name) => Write(name);

    /// <summary>Writes something that is not restored but must be the same there, an option for example.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="value">The value.</param>
    public void Setting(string name, IConvertible value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write(name);
        Write(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => Write((ReadOnlySpan<byte>)[value ? (byte)1 : (byte)0]);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_content.GetSpan(sizeof(int)), value);
        _content.Advance(sizeof(int));
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_content.GetSpan(sizeof(ulong)), value);
        _content.Advance(sizeof(ulong));
    }

    /// <summary>Writes a number with all its bits.</summary>
    /// <param name="value">The number.</param>
    public void Write(float value) => Write(BitConverter.SingleToInt32Bits(value));

    /// <summary>Writes a number with all its bits.</summary>
    /// <param name="value">The number.</param>
    public void Write(double value) => Write(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes numbers; the reader knows how many.</summary>
    /// <param name="values">The numbers.</param>
    public void Write(ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            Write(value);
        }
    }

    /// <summary>Writes numbers; the reader knows how many.</summary>
    /// <param name="values">The numbers.</param>
    public void Write(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Write(value);
        }
    }

    /// <summary>Writes bytes; the reader knows how many.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes) => _content.Write(bytes);

    /// <summary>Writes a generator, or that there is none yet.</summary>
    /// <param name="random">The generator.</param>
    public void Write(Pcg64? random)
    {
        Write(random is not null);
        var state = random?.State ?? default;
        Write((ulong)(state.State >> 64));
        Write((ulong)state.State);
        Write((ulong)(state.Increment >> 64));
        Write((ulong)state.Increment);
        Write(state.HasBufferedHalf);
        Write((int)state.BufferedHalf);
    }

    /// <summary>
    /// Everything written so far, compressed and with a checksum, as <see cref="StateReader"/> takes it.
    /// </summary>
    public byte[] ToArray() => StateEnvelope.Seal(_content.WrittenSpan);

    private void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        Write(bytes.AsSpan());
    }
}
