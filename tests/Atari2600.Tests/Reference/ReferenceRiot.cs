namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>The 6532: 128 bytes of RAM, two input ports and a timer. The ports' output side is not connected.</summary>
public sealed class ReferenceRiot
{
    private readonly ReferenceMersenneTwister _random;
    private readonly ReferenceInput _input;
    private byte _ddra;
    private int _timer;
    private int _shift;
    private uint _setCycle;
    private uint _expiryReadCycle;
    private bool _readAfterExpiry;

    /// <summary>Power-up: RAM and timer are random. RAM is filled here only; a reset leaves it alone.</summary>
    public ReferenceRiot(ReferenceMersenneTwister random, ReferenceInput input)
    {
        _random = random;
        _input = input;
        for (var i = 0; i < Ram.Length; i++)
        {
            Ram[i] = random.NextByte();
        }

        Reset();
    }

    public byte[] Ram { get; } = new byte[128];

    public void Reset()
    {
        _timer = 25 + (int)(_random.Next() % 75);
        _shift = 6;
        _setCycle = 0;
        _expiryReadCycle = 0;
        _readAfterExpiry = false;
        _ddra = 0;
    }

    /// <summary>The bus' cycle counter goes back by this much.</summary>
    public void Rebase(uint cycles)
    {
        _setCycle -= cycles;
        _expiryReadCycle -= cycles;
    }

    public byte Read(ushort address, uint cycles)
    {
        if ((address & 0x200) == 0)
        {
            return Ram[address & 0x7F];
        }

        return (address & 7) switch
        {
            0 => _input.Swcha,
            1 => _ddra,
            2 => _input.Swchb,
            3 => 0,
            4 or 6 => Intim(cycles),
            _ => TimInt(cycles),
        };
    }

    public void Write(ushort address, byte value, uint cycles)
    {
        if ((address & 0x200) == 0)
        {
            Ram[address & 0x7F] = value;
        }
        else if ((address & 0x07) == 1)
        {
            _ddra = value;
        }
        else if ((address & 0x14) == 0x14)
        {
            _timer = value;
            _shift = (address & 3) switch { 0 => 0, 1 => 3, 2 => 6, _ => 10 };
            _setCycle = cycles;
            _readAfterExpiry = false;
        }
    }

    private byte Intim(uint cycles)
    {
        var elapsed = cycles - 1 - _setCycle;
        var intervals = _timer - (int)(elapsed >> _shift) - 1;
        if (intervals >= 0)
        {
            return (byte)intervals;
        }

        // Expired: the timer counts single cycles down from 255.
        var single = (_timer << _shift) - (int)elapsed - 1;
        if (single <= -2 && !_readAfterExpiry)
        {
            _readAfterExpiry = true;
            _expiryReadCycle = cycles;
        }

        if (!_readAfterExpiry)
        {
            return (byte)single;
        }

        // Read since: it counts intervals again, from where that read found it.
        var expiry = (int)_setCycle + (_timer << _shift);
        return (byte)(_timer - (int)(elapsed >> _shift) - ((int)_expiryReadCycle - expiry));
    }

    private byte TimInt(uint cycles)
    {
        var elapsed = cycles - 1 - _setCycle;
        var running = _timer - (int)(elapsed >> _shift) - 1 >= 0;
        return (byte)(running || _readAfterExpiry ? 0 : 0x80);
    }
}
