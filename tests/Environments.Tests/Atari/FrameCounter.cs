namespace DqnAspire.Environments.Tests.Atari;

/// <summary>
/// A cartridge that counts: $80 the frames, $81 those with the reset switch held, $82 those with the select switch
/// held, $83 those with the left player's button pressed; $84 the console's switches. All are 0 after a system reset.
/// It looks and counts once at the start of every frame but the first, which ends at once.
/// </summary>
internal static class FrameCounter
{
    private const int Origin = 0xF000;

    public static byte[] Image { get; } = Build();

    private static byte[] Build()
    {
        byte[] code =
        [
            0xA9, 0x00, // start: LDA #0
            0xA2, 0x04, //        LDX #4
            0x95, 0x80, // clear: STA $80,X
            0xCA, //              DEX
            0x10, 0xFB, //        BPL clear
            0xA9, 0x02, // frame: LDA #2
            0x85, 0x00, //        STA VSYNC
            0x85, 0x02, //        STA WSYNC, three lines
            0x85, 0x02,
            0x85, 0x02,
            0xA9, 0x00, //        LDA #0
            0x85, 0x00, //        STA VSYNC
            0xE6, 0x80, //        INC $80
            0xAD, 0x82, 0x02, //  LDA SWCHB
            0x85, 0x84, //        STA $84
            0x4A, //              LSR A, reset
            0xB0, 0x02, //        BCS +2
            0xE6, 0x81, //        INC $81
            0x4A, //              LSR A, select
            0xB0, 0x02, //        BCS +2
            0xE6, 0x82, //        INC $82
            0x24, 0x3C, //        BIT INPT4
            0x30, 0x02, //        BMI +2
            0xE6, 0x83, //        INC $83
            0xA2, 0xC8, //        LDX #200
            0x85, 0x02, // lines: STA WSYNC
            0xCA, //              DEX
            0xD0, 0xFB, //        BNE lines
            0x4C, 0x09, 0xF0, //  JMP frame
        ];
        var image = new byte[2048];
        code.CopyTo(image, 0);
        // The vector of the reset, at $FFFC.
        image[^4] = Origin & 0xFF;
        image[^3] = Origin >> 8;
        return image;
    }
}
