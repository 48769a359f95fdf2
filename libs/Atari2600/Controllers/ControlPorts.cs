using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Controllers;

/// <summary>
/// Turns what the players do into what the chips read. The model is ALE's: player A has the left jack's joystick or
/// its first paddle, player B the right joystick or the second paddle of the left jack; a paddle turns by a fixed step
/// a frame.
/// </summary>
internal sealed unsafe class ControlPorts(InputState* state, ConsoleOptions options)
{
    /// <summary>Ohms by which a paddle turns in a frame.</summary>
    private const int PaddleStep = 23_000;

    private const int LeftJack = 0;
    private const int RightJack = 1;

    private readonly InputState* _state = state;
    private readonly ConsoleOptions _options = options;

    private bool HasPaddles =>
        _options.LeftController == ControllerType.Paddles || _options.RightController == ControllerType.Paddles;

    /// <summary>Puts both paddles in the middle.</summary>
    public void CentrePaddles()
    {
        var centre = (_options.MinPaddleResistance + _options.MaxPaddleResistance) / 2;
        _state->Paddles[0] = centre;
        _state->Paddles[1] = centre;
    }

    /// <summary>Nothing was touched yet: sticks free, paddles without resistance.</summary>
    public void Untouched(ConsoleSwitches switches)
    {
        _state->Paddles[0] = 0;
        _state->Paddles[1] = 0;
        Present(StickInput.None, StickInput.None, switches);
    }

    /// <summary>Applies a frame's input: turns the paddles, presses and releases.</summary>
    public void Apply(StickInput playerA, StickInput playerB, ConsoleSwitches switches)
    {
        if (HasPaddles)
        {
            Turn(0, playerA);
            Turn(1, playerB);
        }

        Present(playerA, playerB, switches);
    }

    /// <summary>
    /// CPU cycles that a paddle input takes to charge: 1.6 RC with C = 0.01 uF, at 1.19 MHz (ALE's constants).
    /// </summary>
    internal static int ChargeCycles(int ohms)
    {
        var seconds = 1.6 * ohms * 0.01E-6;
        return (int)(uint)(seconds * 1.19E6);
    }

    private void Turn(int player, StickInput input)
    {
        var change = 0;
        if ((input & StickInput.Right) != 0)
        {
            change = -PaddleStep;
        }
        else if ((input & StickInput.Left) != 0)
        {
            change = PaddleStep;
        }

        _state->Paddles[player] = Math.Clamp(
            _state->Paddles[player] + change, _options.MinPaddleResistance, _options.MaxPaddleResistance);
    }

    private void Present(StickInput playerA, StickInput playerB, ConsoleSwitches switches)
    {
        var swcha = 0;
        for (var port = 0; port < 2; port++)
        {
            var jack = _options.SwapPorts ? 1 - port : port;
            var type = jack == LeftJack ? _options.LeftController : _options.RightController;
            var contacts = type == ControllerType.Paddles
                ? PresentPaddles(port, jack, playerA, playerB)
                : PresentJoystick(port, HasPaddles ? StickInput.None : jack == LeftJack ? playerA : playerB);
            swcha |= contacts << (port == 0 ? 4 : 0);
        }

        _state->Swcha = (byte)swcha;
        _state->Swchb = SwitchBits(switches);
    }

    /// <summary>Four contacts of a port, 1 is open.</summary>
    private int PresentJoystick(int port, StickInput input)
    {
        _state->Triggers[port] = (input & StickInput.Fire) != 0 ? (byte)0 : (byte)0x80;
        _state->ChargeCycles[2 * port] = InputState.NeverCharged;
        _state->ChargeCycles[(2 * port) + 1] = InputState.NeverCharged;
        return 0x0F & ~(int)(input & (StickInput.Up | StickInput.Down | StickInput.Left | StickInput.Right));
    }

    private int PresentPaddles(int port, int jack, StickInput playerA, StickInput playerB)
    {
        _state->Triggers[port] = 0x80;
        if (jack == RightJack)
        {
            // No player holds the paddles of the right jack; ALE gives them no resistance.
            _state->ChargeCycles[2 * port] = InputState.AlwaysCharged;
            _state->ChargeCycles[(2 * port) + 1] = InputState.AlwaysCharged;
            return 0x0F;
        }

        // The first paddle is on the port's first input and on contact 3.
        (var first, var second) = _options.SwapPaddles ? (1, 0) : (0, 1);
        _state->ChargeCycles[2 * port] = Charge(first);
        _state->ChargeCycles[(2 * port) + 1] = Charge(second);
        var contacts = 0x0F;
        if (((first == 0 ? playerA : playerB) & StickInput.Fire) != 0)
        {
            contacts &= ~0x08;
        }

        if (((second == 0 ? playerA : playerB) & StickInput.Fire) != 0)
        {
            contacts &= ~0x04;
        }

        return contacts;
    }

    private int Charge(int player) =>
        _state->Paddles[player] == 0 ? InputState.AlwaysCharged : ChargeCycles(_state->Paddles[player]);

    private static byte SwitchBits(ConsoleSwitches switches)
    {
        var bits = 0x34;
        bits |= (switches & ConsoleSwitches.Reset) == 0 ? 0x01 : 0;
        bits |= (switches & ConsoleSwitches.Select) == 0 ? 0x02 : 0;
        bits |= (switches & ConsoleSwitches.BlackWhite) == 0 ? 0x08 : 0;
        bits |= (switches & ConsoleSwitches.LeftDifficultyA) != 0 ? 0x40 : 0;
        bits |= (switches & ConsoleSwitches.RightDifficultyA) != 0 ? 0x80 : 0;
        return (byte)bits;
    }
}
