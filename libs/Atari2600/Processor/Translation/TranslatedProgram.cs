using System.Diagnostics;
using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// The translated code of one cartridge, shared by all consoles that hold it. Where the processor arrives by a jump, a
/// call, a return or a branch back is counted; a place that is reached often is translated, together with the others
/// that were reached in the same run of memory. Any number of threads may use it at a time.
/// </summary>
/// <param name="rom">The ROM as it lies in the consoles' memory.</param>
/// <param name="threshold">Arrivals at a place after which it is translated.</param>
internal sealed unsafe class TranslatedProgram(byte[] rom, int threshold)
{
    /// <summary>
    /// Maximum number of instructions of a region. The JIT compiler stops optimising methods of more than 60,000 bytes
    /// of IL or 2,000 blocks, and its time grows faster than the method.
    /// </summary>
    private const int MaxInstructions = 600;

    /// <summary>Maximum number of regions of a cartridge: 32 KiB have about 12,000 instructions.</summary>
    private const int MaxRegions = 48;

    private readonly byte[] _rom = rom;
    private readonly int _threshold = threshold;
    private readonly int[] _arrivals = new int[rom.Length];
    private readonly TranslatedRegion?[] _regions = new TranslatedRegion?[rom.Length];

    /// <summary>
    /// Guards translation: the properties below and every write to the regions. Readers see a region through a volatile
    /// write. The arrivals are only counted roughly and need no lock.
    /// </summary>
    private readonly Lock _gate = new();

    /// <summary>Regions translated so far.</summary>
    public int RegionCount { get; private set; }

    /// <summary>Instructions translated so far, those counted twice that are in two regions.</summary>
    public int InstructionCount { get; private set; }

    /// <summary>Time spent on translation and compilation.</summary>
    public TimeSpan TranslationTime { get; private set; }

    /// <summary>
    /// The code to execute at an address at which the processor has just arrived, if there is any yet.
    /// </summary>
    /// <param name="state">The processor, in order to see that it is not in a mode that is not translated.</param>
    /// <param name="run">The run of memory it is in.</param>
    /// <param name="romOffset">Where the ROM begins in the memory block.</param>
    /// <param name="pc">The address, 16 bits.</param>
    /// <param name="left">Instructions that may still be executed.</param>
    public TranslatedRegion? Find(CpuState* state, CodeRun* run, int romOffset, int pc, int left)
    {
        var inRun = (uint)(pc & 0x1FFF) - run->First;
        var at = run->Offset - romOffset + (int)inRun;
        if (inRun >= run->Length || (uint)at >= (uint)_regions.Length)
        {
            return null;
        }

        var region = _regions[at];
        if (region is null)
        {
            if (++_arrivals[at] < _threshold)
            {
                return null;
            }

            region = Translate(*run, romOffset, pc, at);
        }

        return region is not null && state->D == 0 && region.Fits(run, pc, left) ? region : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TranslatedRegion? Translate(CodeRun run, int romOffset, int pc, int at)
    {
        lock (_gate)
        {
            var start = run.Offset - romOffset;
            if (_regions[at] is null && RegionCount < MaxRegions && start >= 0 && start + run.Length <= _rom.Length)
            {
                var begin = Stopwatch.GetTimestamp();
                var baseAddress = (pc & 0xE000) | (int)run.First;
                ReadOnlySpan<byte> code = _rom.AsSpan(start, (int)run.Length);
                var scan = new RegionScan(
                    code, baseAddress, [pc, .. OtherRoots(start, (int)run.Length, baseAddress, pc)], MaxInstructions);
                if (scan.Entries.Contains(pc))
                {
                    Publish(RegionTranslator.Translate(scan, run, baseAddress), start);
                }

                TranslationTime += Stopwatch.GetElapsedTime(begin);
            }

            // What cannot be translated is not tried again soon.
            _arrivals[at] = int.MinValue;
            return _regions[at];
        }
    }

    private void Publish(TranslatedRegion region, int start)
    {
        foreach (var address in region.Entries)
        {
            ref var entry = ref _regions[start + address - region.BaseAddress];
            if (entry is null)
            {
                Volatile.Write(ref entry, region);
            }
        }

        RegionCount++;
        InstructionCount += region.Instructions;
    }

    /// <summary>Places of the run that were reached before and are in no region yet, the most frequent first.</summary>
    private IEnumerable<int> OtherRoots(int start, int length, int baseAddress, int pc) =>
        Enumerable.Range(0, length)
            .Where(i => _arrivals[start + i] > 1 && _regions[start + i] is null && baseAddress + i != pc)
            .OrderByDescending(i => _arrivals[start + i])
            .Select(i => baseAddress + i);
}
