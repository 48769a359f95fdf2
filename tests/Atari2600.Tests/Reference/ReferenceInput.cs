namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>Joysticks, paddles and console switches, as one ALE action per frame sets them.</summary>
public sealed class ReferenceInput(ReferenceOptions options)
{
    /// <summary>Ohms between the pin of a joystick and the supply: not connected.</summary>
    public const int NotConnected = int.MaxValue;

    private const int PaddleMinimum = 27450;
    private const int PaddleMaximum = 790196;
    private const int PaddleStep = 23000;

    private static readonly string[] Actions =
    [
        "NOOP", "FIRE", "UP", "RIGHT", "LEFT", "DOWN", "UPRIGHT", "UPLEFT", "DOWNRIGHT", "DOWNLEFT", "UPFIRE",
        "RIGHTFIRE", "LEFTFIRE", "DOWNFIRE", "UPRIGHTFIRE", "UPLEFTFIRE", "DOWNRIGHTFIRE", "DOWNLEFTFIRE",
    ];

    // Player A moves paddle 0, player B paddle 1. Before the first environment reset both stand at 0 ohms.
    private readonly int[] _paddleOhms = [0, 0];

    private string _action = Actions[0];
    private bool _reset;

    private enum Jack
    {
        Left,
        Right,
    }

    /// <summary>
    /// SWCHA: four contacts of the left port in the high half, of the right port in the low half; 0 is closed.
    /// </summary>
    public byte Swcha => (byte)((Contacts(LeftPort) << 4) | Contacts(RightPort));

    /// <summary>SWCHB: both difficulty switches at B, colour, SELECT up, RESET as pressed.</summary>
    public byte Swchb => (byte)(_reset ? 0x3E : 0x3F);

    private bool UsesPaddles => options.LeftPaddles || options.RightPaddles;

    private Jack LeftPort => options.SwapPorts ? Jack.Right : Jack.Left;

    private Jack RightPort => options.SwapPorts ? Jack.Left : Jack.Right;

    /// <summary>Both paddles to the middle.</summary>
    public void CentrePaddles() => _paddleOhms[0] = _paddleOhms[1] = (PaddleMinimum + PaddleMaximum) / 2;

    /// <summary>
    /// Player A's action for one frame; player B does nothing. Turning a paddle moves it once per call.
    /// </summary>
    public void Apply(int action, bool reset)
    {
        _action = Actions[action];
        _reset = reset;
        var turn = _action.Contains("RIGHT") ? -PaddleStep : _action.Contains("LEFT") ? PaddleStep : 0;
        _paddleOhms[0] = Math.Clamp(_paddleOhms[0] + turn, PaddleMinimum, PaddleMaximum);
        _paddleOhms[1] = Math.Clamp(_paddleOhms[1], PaddleMinimum, PaddleMaximum);
    }

    /// <summary>Ohms at INPT0..INPT3: 0 always charges the capacitor, <see cref="NotConnected"/> never.</summary>
    public int Resistance(int input)
    {
        var jack = input < 2 ? LeftPort : RightPort;
        if (!HasPaddles(jack))
        {
            return NotConnected;
        }

        var paddle = (input & 1) ^ (options.SwapPaddles ? 1 : 0);
        return jack == Jack.Left ? _paddleOhms[paddle] : 0;
    }

    /// <summary>
    /// Whether the trigger at INPT4 (left port) or INPT5 is up. Paddles have their buttons elsewhere.
    /// </summary>
    public bool TriggerIsUp(int input) => !Stick(input == 4 ? LeftPort : RightPort, "FIRE");

    private bool HasPaddles(Jack jack) => jack == Jack.Left ? options.LeftPaddles : options.RightPaddles;

    private int Contacts(Jack jack)
    {
        var closed = 0;
        if (!HasPaddles(jack))
        {
            closed = (Stick(jack, "UP") ? 1 : 0) | (Stick(jack, "DOWN") ? 2 : 0)
                | (Stick(jack, "LEFT") ? 4 : 0) | (Stick(jack, "RIGHT") ? 8 : 0);
        }
        else if (jack == Jack.Left && _action.Contains("FIRE"))
        {
            closed = options.SwapPaddles ? 4 : 8;
        }

        return 0x0F & ~closed;
    }

    /// <summary>Player A's joystick is in the left jack, and out of use while there are paddles.</summary>
    private bool Stick(Jack jack, string contact) =>
        jack == Jack.Left && !UsesPaddles && _action.Contains(contact);
}
