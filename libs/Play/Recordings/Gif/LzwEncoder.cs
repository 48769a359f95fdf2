namespace DqnAspire.Play.Recordings.Gif;

/// <summary>
/// GIF's variant of Lempel-Ziv-Welch compression: codes of up to 12 bits, lowest bit first, in blocks of up to 255
/// bytes. When there is no code left, the table is begun anew.
/// </summary>
/// <remarks>CompuServe, "Graphics Interchange Format, Version 89a" (1990), appendix F.</remarks>
internal sealed class LzwEncoder
{
    private const int MaxCodes = 1 << 12;
    private const int Slots = 1 << 13;
    private const int MaxBlock = 255;

    /// <summary>Open addressing: prefix and pixel in one number, 0 for an empty slot.</summary>
    private readonly int[] _keys = new int[Slots];
    private readonly ushort[] _codes = new ushort[Slots];
    private readonly byte[] _block = new byte[1 + MaxBlock];
    private int _length;
    private uint _bits;
    private int _bitCount;
    private int _width;
    private int _next;

    /// <summary>Writes the image data of a picture: code size, blocks, and the block that ends them.</summary>
    /// <param name="pixels">Palette indices, at least one.</param>
    /// <param name="bits">Bits of an index, 2 to 8: fewer than 2 are not allowed in a GIF.</param>
    /// <param name="output">Receives the data.</param>
    public void Encode(ReadOnlySpan<byte> pixels, int bits, Stream output)
    {
        output.WriteByte((byte)bits);
        var clear = 1 << bits;
        (_length, _bits, _bitCount) = (0, 0, 0);
        Begin(bits);
        Emit(clear, output);
        int prefix = pixels[0];
        foreach (var pixel in pixels[1..])
        {
            var key = (((prefix << 8) | pixel) << 1) | 1;
            var slot = Find(key);
            if (_keys[slot] == key)
            {
                prefix = _codes[slot];
                continue;
            }

            Emit(prefix, output);
            if (_next < MaxCodes)
            {
                (_keys[slot], _codes[slot]) = (key, (ushort)_next);
                if (_next == 1 << _width)
                {
                    _width++;
                }

                _next++;
            }
            else
            {
                Emit(clear, output);
                Begin(bits);
            }

            prefix = pixel;
        }

        Emit(prefix, output);
        // The reader learns a last entry from that code, and widens its codes as if another followed.
        if (_next == 1 << _width && _next < MaxCodes)
        {
            _width++;
        }

        Emit(clear + 1, output);
        End(output);
    }

    private void Begin(int bits)
    {
        Array.Clear(_keys);
        (_width, _next) = (bits + 1, (1 << bits) + 2);
    }

    private int Find(int key)
    {
        var slot = (int)(((uint)key * 2654435761) >> 19);
        while (_keys[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & (Slots - 1);
        }

        return slot;
    }

    private void Emit(int code, Stream output)
    {
        _bits |= (uint)code << _bitCount;
        _bitCount += _width;
        while (_bitCount >= 8)
        {
            AddByte((byte)_bits, output);
            _bits >>= 8;
            _bitCount -= 8;
        }
    }

    private void AddByte(byte value, Stream output)
    {
        _block[1 + _length++] = value;
        if (_length == MaxBlock)
        {
            WriteBlock(output);
        }
    }

    private void End(Stream output)
    {
        if (_bitCount > 0)
        {
            AddByte((byte)_bits, output);
        }

        if (_length > 0)
        {
            WriteBlock(output);
        }

        output.WriteByte(0);
    }

    private void WriteBlock(Stream output)
    {
        _block[0] = (byte)_length;
        output.Write(_block, 0, 1 + _length);
        _length = 0;
    }
}
