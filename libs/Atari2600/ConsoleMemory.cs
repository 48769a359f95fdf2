using System.Runtime.InteropServices;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600;

/// <summary>
/// The memory of a console: one block with the state and, behind it, the cartridge's ROM; and the two pictures. The
/// blocks are pinned, so the chips address them by pointers. A user of the pointers must keep this object alive.
/// </summary>
internal sealed unsafe class ConsoleMemory
{
    private readonly byte[] _block;
    private readonly byte[] _pictureBlock;

    /// <summary>Allocates the memory and copies a ROM into it.</summary>
    public ConsoleMemory(ReadOnlySpan<byte> rom)
    {
        RomOffset = AlignUp(sizeof(ConsoleState));
        _block = AllocateAligned(RomOffset + rom.Length + BusState.PageSize, out var start);
        _pictureBlock = AllocateAligned(2 * Picture.BufferSize, out var pictures);
        Start = start;
        Pictures = pictures;
        rom.CopyTo(new Span<byte>(start + RomOffset, rom.Length));
    }

    /// <summary>First byte of the block.</summary>
    public byte* Start { get; }

    /// <summary>All that changes, at the start of the block.</summary>
    public ConsoleState* State => (ConsoleState*)Start;

    /// <summary>Offset of the ROM in the block.</summary>
    public int RomOffset { get; }

    /// <summary>The two pictures, <see cref="Picture.BufferSize"/> bytes each.</summary>
    public byte* Pictures { get; }

    /// <summary>Bytes of a saved state with so many bytes of each picture.</summary>
    public static int SavedSize(int pictureBytes) => sizeof(ConsoleState) + (2 * pictureBytes);

    /// <summary>Offset in the block of a part of the state.</summary>
    public int OffsetOf(void* part) => (int)((byte*)part - Start);

    /// <summary>Copies the state and the first bytes of each picture out.</summary>
    public void Save(Span<byte> content, int pictureBytes)
    {
        new ReadOnlySpan<byte>(State, sizeof(ConsoleState)).CopyTo(content);
        new ReadOnlySpan<byte>(Pictures, pictureBytes).CopyTo(content[sizeof(ConsoleState)..]);
        new ReadOnlySpan<byte>(Pictures + Picture.BufferSize, pictureBytes).CopyTo(content[^pictureBytes..]);
    }

    /// <summary>Copies in what <see cref="Save"/> copied out.</summary>
    public void Restore(ReadOnlySpan<byte> content, int pictureBytes)
    {
        content[..sizeof(ConsoleState)].CopyTo(new Span<byte>(State, sizeof(ConsoleState)));
        content.Slice(sizeof(ConsoleState), pictureBytes).CopyTo(new Span<byte>(Pictures, pictureBytes));
        content[^pictureBytes..].CopyTo(new Span<byte>(Pictures + Picture.BufferSize, pictureBytes));
    }

    /// <summary>Keeps the memory from being collected up to this call.</summary>
    public void KeepAlive()
    {
        GC.KeepAlive(_block);
        GC.KeepAlive(_pictureBlock);
    }

    private static int AlignUp(int size) => (size + BusState.PageMask) & ~BusState.PageMask;

    private static byte[] AllocateAligned(int size, out byte* start)
    {
        var memory = GC.AllocateArray<byte>(size + BusState.PageSize, pinned: true);
        var address = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        start = (byte*)((address + BusState.PageMask) & ~(nint)BusState.PageMask);
        return memory;
    }
}
