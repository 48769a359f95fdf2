namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>The TIA's write registers, by the names in Atari's manual.</summary>
public static class ReferenceTiaRegisters
{
    public const int VSYNC = 0x00;
    public const int VBLANK = 0x01;
    public const int WSYNC = 0x02;
    public const int NUSIZ0 = 0x04;
    public const int NUSIZ1 = 0x05;
    public const int COLUP0 = 0x06;
    public const int COLUP1 = 0x07;
    public const int COLUPF = 0x08;
    public const int COLUBK = 0x09;
    public const int CTRLPF = 0x0A;
    public const int REFP0 = 0x0B;
    public const int REFP1 = 0x0C;
    public const int PF0 = 0x0D;
    public const int PF1 = 0x0E;
    public const int PF2 = 0x0F;
    public const int RESP0 = 0x10;
    public const int RESP1 = 0x11;
    public const int RESM0 = 0x12;
    public const int RESM1 = 0x13;
    public const int RESBL = 0x14;
    public const int GRP0 = 0x1B;
    public const int GRP1 = 0x1C;
    public const int ENAM0 = 0x1D;
    public const int ENAM1 = 0x1E;
    public const int ENABL = 0x1F;
    public const int HMP0 = 0x20;
    public const int HMP1 = 0x21;
    public const int HMM0 = 0x22;
    public const int HMM1 = 0x23;
    public const int HMBL = 0x24;
    public const int VDELP0 = 0x25;
    public const int VDELP1 = 0x26;
    public const int VDELBL = 0x27;
    public const int RESMP0 = 0x28;
    public const int RESMP1 = 0x29;
    public const int HMOVE = 0x2A;
    public const int HMCLR = 0x2B;
    public const int CXCLR = 0x2C;
}
