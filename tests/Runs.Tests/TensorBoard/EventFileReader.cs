using System.Buffers.Binary;
using System.Text;

namespace DqnAspire.Runs.Tests.TensorBoard;

/// <summary>
/// An event file read by a second implementation: bit-by-bit CRC, protobuf's wire format by hand, no code shared with
/// the writer. Ends quietly at a record that is cut off; anything else that is wrong throws.
/// </summary>
internal static class EventFileReader
{
    public static List<ReadEvent> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var events = new List<ReadEvent>();
        for (var at = 0; bytes.Length - at >= 16;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            if (bytes.Length - at < 16 + length)
            {
                break;
            }

            var data = bytes.AsSpan(at + 12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(ReadEventFields(data));
            at += 16 + length;
        }

        return events;
    }

    public static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private static ReadEvent ReadEventFields(ReadOnlySpan<byte> data)
    {
        var result = new ReadEvent();
        foreach (var (field, number, bytes) in Fields(data))
        {
            switch (field)
            {
                case 1:
                    result.WallTime = BitConverter.UInt64BitsToDouble(number);
                    break;
                case 2:
                    result.Step = (long)number;
                    break;
                case 3:
                    result.FileVersion = Encoding.UTF8.GetString(bytes);
                    break;
                case 5:
                    foreach (var value in Fields(bytes))
                    {
                        Assert.Equal(1, value.Field);
                        ReadValue(value.Bytes, result);
                    }

                    break;
                case 7:
                    Assert.Equal([0x08, 0x01], bytes);
                    result.IsSessionStart = true;
                    break;
                default:
                    throw new InvalidDataException($"field {field} of Event");
            }
        }

        return result;
    }

    private static void ReadValue(byte[] data, ReadEvent result)
    {
        var fields = Fields(data).ToDictionary(f => f.Field);
        var tag = Encoding.UTF8.GetString(fields[1].Bytes);
        if (fields.TryGetValue(2, out var scalar))
        {
            result.Scalars.Add(tag, BitConverter.UInt32BitsToSingle((uint)scalar.Number));
            return;
        }

        var tensor = Fields(fields[8].Bytes).ToDictionary(f => f.Field);
        Assert.Equal(7UL, tensor[1].Number);
        Assert.Equal([0x12, 0x02, 0x08, 0x01], tensor[2].Bytes);
        Assert.Equal("text", Encoding.UTF8.GetString(
            Fields(Fields(fields[9].Bytes).Single(f => f.Field == 1).Bytes).Single(f => f.Field == 1).Bytes));
        result.Texts.Add(tag, Encoding.UTF8.GetString(tensor[8].Bytes));
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> data)
    {
        var fields = new List<(int, ulong, byte[])>();
        while (data.Length > 0)
        {
            var key = Varint(ref data);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add((field, Varint(ref data), []));
                    break;
                case 1:
                    fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(data), []));
                    data = data[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref data);
                    fields.Add((field, 0, data[..length].ToArray()));
                    data = data[length..];
                    break;
                case 5:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(data), []));
                    data = data[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = data[0];
            data = data[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>What the reader found in a record.</summary>
internal sealed class ReadEvent
{
    public double WallTime { get; set; }

    public long Step { get; set; }

    public string? FileVersion { get; set; }

    public bool IsSessionStart { get; set; }

    public Dictionary<string, float> Scalars { get; } = [];

    public Dictionary<string, string> Texts { get; } = [];
}
