using DqnAspire.Atari2600.State;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Riot;

/// <summary>
/// The 6532 RIOT's ports and interval timer; its RAM is plain memory on the bus. ALE: the ports read the sticks and
/// switches whatever the direction registers say, and port B's direction register cannot be written.
/// </summary>
internal sealed unsafe class RiotChip(RiotState* state, InputState* inputs, Mt19937State* random)
{
    private readonly RiotState* _state = state;
    private readonly InputState* _inputs = inputs;
    private readonly Mt19937State* _random = random;

    /// <summary>Fills the RAM from the generator. It happens once: a system reset leaves the RAM alone.</summary>
    public void PowerOn()
    {
        for (var i = 0; i < RiotState.RamSize; i++)
        {
            _state->Ram[i] = (byte)_random->NextUInt32();
        }
    }

    /// <summary>A system reset: the timer starts somewhere from 25 to 99, at 64 cycles a step.</summary>
    public void Reset()
    {
        _state->Timer = 25 + (_random->NextUInt32() % 75);
        _state->TimerShift = 6;
        _state->TimerSetCycle = 0;
        _state->ExpiryReadCycle = 0;
        _state->ReadAfterExpiry = 0;
        _state->Swacnt = 0;
    }

    /// <summary>The cycle counter goes back by <paramref name="cycles"/>.</summary>
    public void RebaseCycles(int cycles)
    {
        _state->TimerSetCycle -= (uint)cycles;
        _state->ExpiryReadCycle -= (uint)cycles;
    }

    /// <summary>Reads SWCHA, SWACNT, SWCHB, SWBCNT, INTIM or TIMINT by address bits 0..2.</summary>
    public byte Read(int address, int cycles) => (address & 7) switch
    {
        0 => _inputs->Swcha,
        1 => _state->Swacnt,
        2 => _inputs->Swchb,
        3 => 0,
        4 or 6 => ReadTimer(cycles),
        _ => ReadTimerFlag(cycles),
    };

    /// <summary>Writes SWACNT or a timer; writes to the other registers are ignored.</summary>
    public void Write(int address, byte value, int cycles)
    {
        if ((address & 7) == 1)
        {
            _state->Swacnt = value;
        }
        else if ((address & 0x14) == 0x14)
        {
            _state->Timer = value;
            _state->TimerShift = (address & 3) switch
            {
                0 => 0,
                1 => 3,
                2 => 6,
                _ => 10,
            };
            _state->TimerSetCycle = (uint)cycles;
            _state->ReadAfterExpiry = 0;
        }
    }

    /// <summary>INTIM at a cycle before the timer expires, without the effects of a read.</summary>
    public byte PeekTimer(int cycles) => (byte)(_state->Timer - (CyclesSinceSet(cycles) >> _state->TimerShift) - 1);

    /// <summary>
    /// How many more reads of INTIM, one every <paramref name="period"/> cycles after the one at
    /// <paramref name="cycles"/>, give a value above 0.
    /// </summary>
    public int ReadsAboveZero(int cycles, int period) =>
        _state->Timer == 0 ? 0 : ReadsBefore((_state->Timer - 1) << _state->TimerShift, cycles, period);

    /// <summary>As <see cref="ReadsAboveZero"/>: how many more reads find the timer running.</summary>
    public int ReadsBeforeExpiry(int cycles, int period) =>
        ReadsBefore(_state->Timer << _state->TimerShift, cycles, period);

    private int ReadsBefore(uint end, int cycles, int period)
    {
        var elapsed = CyclesSinceSet(cycles);
        return elapsed < end ? (int)((end - elapsed - 1) / (uint)period) : 0;
    }

    private uint CyclesSinceSet(int cycles) => (uint)cycles - 1 - _state->TimerSetCycle;

    private byte ReadTimer(int cycles)
    {
        var elapsed = CyclesSinceSet(cycles);
        var steps = (int)(elapsed >> _state->TimerShift);
        var timer = (int)_state->Timer - steps - 1;
        if (timer >= 0)
        {
            return (byte)timer;
        }

        // After the timer has expired it counts every cycle. ALE: from the first read on it goes by the interval again,
        // shifted by how late that read was.
        var expiry = _state->Timer << _state->TimerShift;
        timer = (int)(expiry - elapsed - 1);
        if (timer <= -2 && _state->ReadAfterExpiry == 0)
        {
            _state->ReadAfterExpiry = 1;
            _state->ExpiryReadCycle = (uint)cycles;
        }

        if (_state->ReadAfterExpiry != 0)
        {
            var late = (int)(_state->ExpiryReadCycle - (_state->TimerSetCycle + expiry));
            timer = (int)_state->Timer - steps - late;
        }

        return (byte)timer;
    }

    private byte ReadTimerFlag(int cycles)
    {
        var timer = (int)_state->Timer - (int)(CyclesSinceSet(cycles) >> _state->TimerShift) - 1;
        return timer >= 0 || _state->ReadAfterExpiry != 0 ? (byte)0 : (byte)0x80;
    }
}
