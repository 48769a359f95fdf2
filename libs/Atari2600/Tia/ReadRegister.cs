namespace DqnAspire.Atari2600.Tia;

/// <summary>The TIA's read registers, named and numbered as in Atari's manual (address bits 0..3).</summary>
internal enum ReadRegister
{
    CXM0P = 0x0,
    CXM1P = 0x1,
    CXP0FB = 0x2,
    CXP1FB = 0x3,
    CXM0FB = 0x4,
    CXM1FB = 0x5,
    CXBLPF = 0x6,
    CXPPMM = 0x7,
    INPT0 = 0x8,
    INPT1 = 0x9,
    INPT2 = 0xA,
    INPT3 = 0xB,
    INPT4 = 0xC,
    INPT5 = 0xD,
}
