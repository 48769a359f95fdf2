using DqnAspire.Environments.Atari;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

/// <summary>The RAM of Bricks, as cartridges/README.md describes it.</summary>
internal sealed class BricksMemory(AtariGame game)
{
    public const int Rows = 6;
    public const int BytesInRow = 6;

    public int Score => (100 * (Ram[0x00] & 0x0F)) + (10 * (Ram[0x01] >> 4)) + (Ram[0x01] & 0x0F);

    public byte Lives => Ram[0x02];

    public bool IsStarted => Ram[0x03] == 1;

    public bool IsOver => Ram[0x04] == 1;

    public byte WallsDown => Ram[0x05];

    public byte BricksLeft => Ram[0x06];

    public bool IsInPlay => Ram[0x07] == 1;

    public byte BallX { get => Ram[0x08]; set => Ram[0x08] = value; }

    public byte BallY { get => Ram[0x09]; set => Ram[0x09] = value; }

    public byte PaddleX => Ram[0x0A];

    public bool GoesLeft { get => Ram[0x0B] == 1; set => Ram[0x0B] = value ? (byte)1 : (byte)0; }

    public bool GoesUp { get => Ram[0x0C] == 1; set => Ram[0x0C] = value ? (byte)1 : (byte)0; }

    public byte Speed => Ram[0x0D];

    public byte Hits => Ram[0x0E];

    private Span<byte> Ram => game.Console.Ram;

    /// <summary>The bits of a row of bricks, counted from the top.</summary>
    public Span<byte> Row(int row) => Ram.Slice(0x40 + (row * BytesInRow), BytesInRow);
}
