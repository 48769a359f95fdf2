using DqnAspire.Environments.Atari;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

/// <summary>The RAM of Volley, as cartridges/README.md describes it.</summary>
internal sealed class VolleyMemory(AtariGame game)
{
    public int PlayerScore => Decimal(Ram[0x00]);

    public int OpponentScore => Decimal(Ram[0x01]);

    public byte Hits => Ram[0x02];

    public bool IsStarted => Ram[0x03] == 1;

    public bool IsOver => Ram[0x04] == 1;

    public bool IsInPlay => Ram[0x05] == 1;

    public byte BallX { get => Ram[0x06]; set => Ram[0x06] = value; }

    public byte BallY { get => Ram[0x07]; set => Ram[0x07] = value; }

    public byte PlayerY => Ram[0x08];

    public byte OpponentY => Ram[0x09];

    public bool GoesLeft => Ram[0x0A] == 1;

    public bool GoesUp { get => Ram[0x0B] == 1; set => Ram[0x0B] = value ? (byte)1 : (byte)0; }

    public byte Speed => Ram[0x0C];

    public byte ServeTimer => Ram[0x0D];

    private Span<byte> Ram => game.Console.Ram;

    private static int Decimal(byte digits) => (10 * (digits >> 4)) + (digits & 0x0F);
}
