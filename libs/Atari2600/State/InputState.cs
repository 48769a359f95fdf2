namespace DqnAspire.Atari2600.State;

/// <summary>The console's ports as the chips see them during one frame.</summary>
internal unsafe struct InputState
{
    /// <summary>An input that never charges: a joystick is plugged in.</summary>
    public const int NeverCharged = -1;

    /// <summary>An input that reads as charged whatever the dump does: a paddle without resistance.</summary>
    public const int AlwaysCharged = -2;

    /// <summary>Joystick contacts and paddle buttons; 0 is pressed.</summary>
    public byte Swcha;

    /// <summary>Console switches.</summary>
    public byte Swchb;

    /// <summary>0x80, or 0 while the button is held: INPT4 and INPT5.</summary>
    public fixed byte Triggers[2];

    /// <summary>
    /// CPU cycles that INPT0..3 need to charge after the dump is switched off, or <see cref="NeverCharged"/> or
    /// <see cref="AlwaysCharged"/>.
    /// </summary>
    public fixed int ChargeCycles[4];

    /// <summary>Resistance of the paddles of players A and B, in ohms.</summary>
    public fixed int Paddles[2];
}
