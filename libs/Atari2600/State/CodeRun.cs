namespace DqnAspire.Atari2600.State;

/// <summary>
/// Pages of code that follow one another on the bus and in memory. Most programs stay in one run from bank switch to
/// bank switch, and in a run an instruction is fetched with one comparison.
/// </summary>
internal unsafe struct CodeRun
{
    /// <summary>First bus address.</summary>
    public uint First;

    /// <summary>Bytes; 0 where no run is known.</summary>
    public uint Length;

    /// <summary>Offset of the first byte in the console's memory block.</summary>
    public int Offset;

    /// <summary>Finds the run around a bus address whose page can be fetched from.</summary>
    public static void FindAround(int address, int* codePages, CodeRun* run)
    {
        var first = address >> BusState.PageShift;
        var end = first + 1;
        while (first > 0 && codePages[first - 1] != BusState.Device
            && codePages[first - 1] + BusState.PageSize == codePages[first])
        {
            first--;
        }

        while (end < BusState.PageCount && codePages[end] != BusState.Device
            && codePages[end - 1] + BusState.PageSize == codePages[end])
        {
            end++;
        }

        run->First = (uint)(first << BusState.PageShift);
        run->Length = (uint)((end - first) << BusState.PageShift);
        run->Offset = codePages[first];
    }
}
