namespace DqnAspire.AtariTraces.Tests;

/// <summary>A small trace as text, to be changed by tests.</summary>
internal static class TraceText
{
    public static readonly string Ram = string.Concat(Enumerable.Repeat("00", 128));

    public static readonly string Good =
        $"""
        # ale-trace v1
        # rom=a.bin md5=00112233445566778899AABBCCDDEEFF
        # script=lcg seed=7 hold=2 frames=1 frame_skip=1 repeat_action_probability=0 extra_resets=3
        # left=PADDLES right=JOYSTICK swap_paddles=YES format=PAL ystart=30 height=250
        # bankswitch= AUTO-DETECT ==> F8
        # set cp=YES
        # state after_loadROM screen=0123456789abcdef ram={Ram}
        # screen=160x250 legal_actions=18
        frame,action,reward,terminal,lives,scanlines,cycles,screen_fnv1a64,ram_hex
        0,16,-1,1,3,312,23712,fedcba9876543210,{Ram}

        """;
}
