using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D;

/// <summary>
/// The last puffs of exhaust, for pictures only: where each began and how fast. Where they are is computed when
/// somebody looks. In Gymnasium they are bodies of the world while it is being drawn; here they fly the same way but do
/// not bounce.
/// </summary>
internal sealed class ExhaustTrail
{
    /// <summary>Part of its life that a puff loses in a step.</summary>
    public const double LossPerStep = 0.15;

    // A puff is seen for 1 / 0.15 steps, and there is at most one a step.
    private const int Length = 8;
    private const int NumbersPerPuff = 4;
    private const int None = -Length;
    private const double Radius = 2 / LunarScale.PixelsPerMetre;

    private readonly double[] _puffs = new double[Length * NumbersPerPuff];
    private readonly int[] _births = new int[Length];
    private int _step;

    /// <summary>An empty trail.</summary>
    public ExhaustTrail() => Clear();

    /// <summary>Forgets all puffs.</summary>
    public void Clear()
    {
        _step = 0;
        Array.Fill(_births, None);
    }

    /// <summary>Lets a step pass, before its puff is added.</summary>
    public void Advance() => _step++;

    /// <summary>Adds a puff.</summary>
    /// <param name="x">Where it begins, in metres.</param>
    /// <param name="y">The same upwards.</param>
    /// <param name="impulseX">The impulse that it gets, in newton seconds.</param>
    /// <param name="impulseY">The same upwards.</param>
    /// <param name="density">Its density, in kilograms a square metre.</param>
    public void Add(double x, double y, double impulseX, double impulseY, double density)
    {
        var mass = density * Math.PI * Radius * Radius;
        var puff = _puffs.AsSpan(_step % Length * NumbersPerPuff, NumbersPerPuff);
        puff[0] = x;
        puff[1] = y;
        puff[2] = impulseX / mass;
        puff[3] = impulseY / mass;
        _births[_step % Length] = _step;
    }

    /// <summary>Where the puffs are, the oldest first.</summary>
    /// <param name="gravity">Vertical acceleration.</param>
    /// <returns>Place in metres, and life left, from 1 down to 0.</returns>
    public IEnumerable<(double X, double Y, double Life)> Puffs(double gravity)
    {
        for (var age = Length - 1; age >= 0; age--)
        {
            var slot = (_step - age + Length) % Length;
            var life = 1 - (LossPerStep * (age + 1));
            if (_births[slot] == _step - age && life >= 0)
            {
                var time = (age + 1.0) / LunarScale.StepsPerSecond;
                var at = slot * NumbersPerPuff;
                yield return (
                    _puffs[at] + (_puffs[at + 2] * time),
                    _puffs[at + 1] + (_puffs[at + 3] * time) + (gravity / 2 * time * time),
                    life);
            }
        }
    }

    /// <summary>Writes all of it.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Write(_step);
        writer.Write(_births);
        writer.Write(_puffs);
    }

    /// <summary>Takes over a trail that was saved.</summary>
    public void RestoreState(StateReader reader)
    {
        _step = reader.ReadInt32("the step", 0, int.MaxValue);
        reader.Read(_births);
        reader.Read(_puffs);
    }
}
