namespace DqnAspire.Play.Recordings.Gif;

/// <summary>The smallest rectangle that holds every pixel in which two pictures differ; in pixels.</summary>
internal readonly record struct ChangedRectangle(int Left, int Top, int Width, int Height)
{
    /// <summary>Compares two pictures. Equal ones give one pixel, as a GIF's image is never empty.</summary>
    /// <param name="before">Rows of bytes.</param>
    /// <param name="now">As many.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="pixelBytes">Bytes of a pixel.</param>
    public static ChangedRectangle Of(
        ReadOnlySpan<byte> before, ReadOnlySpan<byte> now, int rowBytes, int pixelBytes)
    {
        var start = before.CommonPrefixLength(now);
        if (start == now.Length)
        {
            return new ChangedRectangle(0, 0, 1, 1);
        }

        var (top, bottom) = (start / rowBytes, 0);
        var (left, right) = (rowBytes, 0);
        for (var row = top; row < now.Length / rowBytes; row++)
        {
            var old = before.Slice(row * rowBytes, rowBytes);
            var line = now.Slice(row * rowBytes, rowBytes);
            var first = old.CommonPrefixLength(line);
            if (first == rowBytes)
            {
                continue;
            }

            var last = rowBytes - 1;
            while (old[last] == line[last])
            {
                last--;
            }

            (bottom, left, right) = (row, Math.Min(left, first), Math.Max(right, last));
        }

        var leftPixel = left / pixelBytes;
        return new ChangedRectangle(leftPixel, top, (right / pixelBytes) - leftPixel + 1, bottom - top + 1);
    }

    /// <summary>Copies its pixels out of a picture.</summary>
    public void CopyFrom(ReadOnlySpan<byte> picture, int rowBytes, int pixelBytes, Span<byte> pixels)
    {
        var bytes = Width * pixelBytes;
        for (var row = 0; row < Height; row++)
        {
            picture.Slice(((Top + row) * rowBytes) + (Left * pixelBytes), bytes).CopyTo(pixels[(row * bytes)..]);
        }
    }
}
