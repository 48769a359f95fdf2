namespace DqnAspire.Play.Recordings.Gif;

/// <summary>
/// Chooses a few colours for many: the box of colours with the widest channel is cut at its median pixel until there
/// are enough boxes, and each box gives its mean.
/// </summary>
/// <remarks>Heckbert, "Color Image Quantization for Frame Buffer Display" (1982).</remarks>
internal static class MedianCut
{
    /// <summary>Chooses the colours.</summary>
    /// <param name="counts">Colours, 0xRRGGBB, with their numbers of pixels; more than are wanted.</param>
    /// <param name="wanted">Number of colours to choose.</param>
    public static int[] Choose(IReadOnlyDictionary<int, int> counts, int wanted)
    {
        var colours = counts.Keys.Order().ToArray();
        var boxes = new PriorityQueue<Box, int>();
        Add(new Box(colours, 0, colours.Length));
        while (boxes.Count < wanted)
        {
            var (first, second) = boxes.Dequeue().Cut(counts);
            Add(first);
            Add(second);
        }

        return [.. boxes.UnorderedItems.Select(item => item.Element.Mean(counts)).Order()];

        void Add(Box box) => boxes.Enqueue(box, -box.Width);
    }

    private static int Channel(int colour, int shift) => (colour >> shift) & 0xFF;

    /// <summary>A part of the colours.</summary>
    private sealed class Box
    {
        private readonly int[] _colours;
        private readonly int _start;
        private readonly int _end;
        private readonly int _shift;

        public Box(int[] colours, int start, int end)
        {
            (_colours, _start, _end) = (colours, start, end);
            foreach (var shift in (int[])[16, 8, 0])
            {
                var values = Colours.Select(colour => Channel(colour, shift));
                var width = values.Max() - values.Min();
                if (width > Width)
                {
                    (Width, _shift) = (width, shift);
                }
            }
        }

        /// <summary>Range of the widest channel; 0 for a single colour, which cannot be cut.</summary>
        public int Width { get; }

        private ArraySegment<int> Colours => new(_colours, _start, _end - _start);

        public (Box First, Box Second) Cut(IReadOnlyDictionary<int, int> counts)
        {
            Array.Sort(
                _colours, _start, _end - _start,
                Comparer<int>.Create((a, b) => (Channel(a, _shift), a).CompareTo((Channel(b, _shift), b))));
            var half = Colours.Sum(colour => (long)counts[colour]) / 2;
            long pixels = 0;
            var cut = _start + 1;
            for (; cut < _end - 1; cut++)
            {
                pixels += counts[_colours[cut - 1]];
                if (pixels >= half)
                {
                    break;
                }
            }

            return (new Box(_colours, _start, cut), new Box(_colours, cut, _end));
        }

        public int Mean(IReadOnlyDictionary<int, int> counts)
        {
            var pixels = Colours.Sum(colour => (long)counts[colour]);
            return (Of(16) << 16) | (Of(8) << 8) | Of(0);

            int Of(int shift) =>
                (int)((Colours.Sum(colour => (long)counts[colour] * Channel(colour, shift)) + (pixels / 2)) / pixels);
        }
    }
}
