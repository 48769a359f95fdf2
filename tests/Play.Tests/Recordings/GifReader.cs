using System.Buffers.Binary;

namespace DqnAspire.Play.Tests.Recordings;

/// <summary>A naive reader of animated GIFs: every picture whole, as a viewer shows it.</summary>
internal sealed class GifReader
{
    private readonly byte[] _bytes;
    private readonly byte[]? _global;
    private int _at;

    public GifReader(byte[] bytes)
    {
        _bytes = bytes;
        Assert.Equal("GIF89a"u8.ToArray(), bytes[..6]);
        (Width, Height) = (UInt16(6), UInt16(8));
        var flags = bytes[10];
        _at = 13;
        _global = (flags & 0x80) != 0 ? Take(3 << ((flags & 7) + 1)) : null;
        Read();
    }

    public int Width { get; }

    public int Height { get; }

    public byte[]? GlobalTable => _global;

    /// <summary>Times that it repeats; 0: for ever; null: it says nothing.</summary>
    public int? Repeats { get; private set; }

    /// <summary>[height, width, 3].</summary>
    public List<byte[]> Pictures { get; } = [];

    /// <summary>In 1/100 s.</summary>
    public List<int> Delays { get; } = [];

    public List<(int Left, int Top, int Width, int Height, bool HasTable)> Rectangles { get; } = [];

    /// <summary>Decodes the image data that begin with the code size; the end of the data.</summary>
    public static (byte[] Pixels, int End) Decode(byte[] bytes, int at)
    {
        int bits = bytes[at++];
        var data = new List<byte>();
        while (bytes[at] != 0)
        {
            data.AddRange(bytes.AsSpan(at + 1, bytes[at]));
            at += 1 + bytes[at];
        }

        var (clear, position) = (1 << bits, 0);
        var (table, width) = (NewTable(), bits + 1);
        var pixels = new List<byte>();
        byte[]? previous = null;
        while (true)
        {
            var code = 0;
            for (var bit = 0; bit < width; bit++, position++)
            {
                code |= ((data[position / 8] >> (position % 8)) & 1) << bit;
            }

            if (code == clear + 1)
            {
                Assert.InRange((data.Count * 8) - position, 0, 7);
                return ([.. pixels], at + 1);
            }

            if (code == clear)
            {
                (table, width, previous) = (NewTable(), bits + 1, null);
                continue;
            }

            var entry = code < table.Count ? table[code] : [.. previous!, previous![0]];
            if (previous is not null && table.Count < 4096)
            {
                table.Add([.. previous, entry[0]]);
            }

            width = table.Count == 1 << width && width < 12 ? width + 1 : width;
            pixels.AddRange(entry);
            previous = entry;
        }

        List<byte[]> NewTable() =>
            [.. Enumerable.Range(0, clear).Select(i => (byte[])[(byte)i]), [], []];
    }

    private void Read()
    {
        var screen = new byte[3 * Width * Height];
        while (_bytes[_at] != 0x3B)
        {
            switch (_bytes[_at++])
            {
                case 0x21 when _bytes[_at] == 0xF9:
                    Delays.Add(UInt16(_at + 3));
                    _at += 7;
                    break;
                case 0x21:
                    Assert.Equal("NETSCAPE2.0"u8.ToArray(), _bytes[(_at + 2)..(_at + 13)]);
                    Repeats = UInt16(_at + 15);
                    _at += 18;
                    break;
                default:
                    ReadImage(screen);
                    Pictures.Add([.. screen]);
                    break;
            }
        }

        Assert.Equal(_bytes.Length, _at + 1);
    }

    private void ReadImage(byte[] screen)
    {
        var (left, top, width, height) = (UInt16(_at), UInt16(_at + 2), UInt16(_at + 4), UInt16(_at + 6));
        var flags = _bytes[_at + 8];
        _at += 9;
        var table = (flags & 0x80) != 0 ? Take(3 << ((flags & 7) + 1)) : _global!;
        Rectangles.Add((left, top, width, height, (flags & 0x80) != 0));
        (var pixels, _at) = Decode(_bytes, _at);
        Assert.Equal(width * height, pixels.Length);
        for (var i = 0; i < pixels.Length; i++)
        {
            var pixel = ((top + (i / width)) * Width) + left + (i % width);
            table.AsSpan(3 * pixels[i], 3).CopyTo(screen.AsSpan(3 * pixel));
        }
    }

    private byte[] Take(int count)
    {
        _at += count;
        return _bytes[(_at - count).._at];
    }

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));
}
