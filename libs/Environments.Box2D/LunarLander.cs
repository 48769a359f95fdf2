using System.Buffers.Binary;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D;

/// <summary>
/// A spacecraft with a main engine and two side engines comes down to a landing pad on the moon: Gymnasium's
/// LunarLander-v3 with discrete actions, without its time limit, equal to the last bit where the C library is glibc on
/// x86-64.
/// </summary>
/// <remarks>
/// The observation is position, velocity, angle and turning rate in units of the window, and whether each leg touches
/// the ground. The reward is the change of a potential of these, less for fuel; crashing or leaving sideways ends the
/// episode with -100, coming to rest with +100. Every step draws two random numbers, whatever the engines do, and a
/// reset ends with a step: the first observation is one step old.
/// </remarks>
public sealed class LunarLander : IEnvironment
{
    private const int LeftEngine = 1;
    private const int MainEngine = 2;
    private const int RightEngine = 3;
    private const double MainEnginePower = 13.0;
    private const double SideEnginePower = 0.6;
    private const double MainExhaustDensity = 3.5;
    private const double SideExhaustDensity = 0.7;
    private const double MainEngineDown = 4 / LunarScale.PixelsPerMetre;
    private const double MaxStartForce = 1000.0;
    private const double MainEngineFuel = 0.30;
    private const double SideEngineFuel = 0.03;
    private const double RestHeight = LunarScale.PadHeight + (18 / LunarScale.PixelsPerMetre);

    private static readonly ActionSpace Actions = new("NOOP", "LEFT", "MAIN", "RIGHT");

    private static readonly ObservationSpace Observations = ObservationSpace.Box(
        ElementType.Float32,
        [8],
        [-2.5, -2.5, -10, -10, -(float)(2 * Math.PI), -10, -0.0, -0.0],
        [2.5, 2.5, 10, 10, (float)(2 * Math.PI), 10, 1, 1]);

    private readonly LunarLanderOptions _options;
    private readonly LunarTerrain _terrain = new();
    private readonly LunarCraft _craft;
    private readonly LunarLanderPicture _picture;
    private LunarWind _wind;
    private Pcg64? _random;
    private double _potential;
    private bool _running;

    /// <summary>A lander.</summary>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gravity is not between -12 and 0.</exception>
    public LunarLander(LunarLanderOptions? options = null)
    {
        _options = options ?? new LunarLanderOptions();
        if (!(_options.Gravity is > -12 and < 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), _options.Gravity, "The gravity lies between -12 and 0, both excluded.");
        }

        _craft = new LunarCraft(_options.Gravity);
        _craft.Build(_terrain);
        _picture = new LunarLanderPicture(this);
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace => Observations;

    /// <inheritdoc/>
    public ActionSpace ActionSpace => Actions;

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 0;

    /// <inheritdoc/>
    public IDisplay Display => _picture;

    /// <summary>Vertical acceleration in metres a second squared.</summary>
    internal double Gravity => _options.Gravity;

    /// <summary>What the engines left behind.</summary>
    internal ExhaustTrail Exhaust { get; } = new();

    /// <summary>The bodies.</summary>
    internal LunarCraft Craft => _craft;

    /// <summary>The moon's surface.</summary>
    internal LunarTerrain Terrain => _terrain;

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        _random = EnvironmentRandom.AtReset(_random, seed);
        _terrain.Draw(_random);
        _craft.Build(_terrain);
        Exhaust.Clear();
        var forceX = _random.Uniform(-MaxStartForce, MaxStartForce);
        var forceY = _random.Uniform(-MaxStartForce, MaxStartForce);
        _craft.Lander.ApplyForce(new Vec2((float)forceX, (float)forceY));
        if (_options.EnableWind)
        {
            _wind.Begin(_random);
        }

        _running = true;
        Advance(0);
        _potential = Observe(observation, out _);
    }

    /// <inheritdoc/>
    public StepResult Step(int action, Span<byte> observation)
    {
        Actions.ThrowIfOutside(action);
        ObservationSpace.ThrowIfTooShort(observation);
        if (!_running)
        {
            EnvironmentErrors.ThrowResetNeeded();
        }

        Advance(action);
        var potential = Observe(observation, out var isOutside);
        var fuel = action switch
        {
            MainEngine => MainEngineFuel,
            LeftEngine or RightEngine => SideEngineFuel,
            _ => 0,
        };
        var reward = potential - _potential - fuel;
        _potential = potential;
        if (!_craft.Lander.IsAwake)
        {
            reward = 100;
            _running = false;
        }
        else if (_craft.HasCrashed || isOutside)
        {
            reward = -100;
            _running = false;
        }

        return new StepResult(reward, _running ? StepFlags.None : StepFlags.Terminated);
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        writer.Section(nameof(LunarLander));
        writer.Setting("gravity", _options.Gravity);
        writer.Setting("enable_wind", _options.EnableWind);
        writer.Setting("wind_power", _options.WindPower);
        writer.Setting("turbulence_power", _options.TurbulencePower);
        writer.Write(_terrain.Heights);
        _craft.SaveState(writer);
        Exhaust.SaveState(writer);
        writer.Write(_wind.WindStep);
        writer.Write(_wind.TurbulenceStep);
        writer.Write(_potential);
        writer.Write(_running);
        writer.Write(_random);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        reader.Section(nameof(LunarLander));
        reader.Setting("gravity", _options.Gravity);
        reader.Setting("enable_wind", _options.EnableWind);
        reader.Setting("wind_power", _options.WindPower);
        reader.Setting("turbulence_power", _options.TurbulencePower);
        reader.Read(_terrain.Heights);
        _craft.Build(_terrain);
        _craft.RestoreState(reader);
        Exhaust.RestoreState(reader);
        _wind.WindStep = reader.ReadInt32();
        _wind.TurbulenceStep = reader.ReadInt32();
        _potential = reader.ReadDouble();
        _running = reader.ReadBoolean();
        _random = reader.ReadPcg64();
    }

    /// <summary>Wind, engines, and a step of the world.</summary>
    private void Advance(int action)
    {
        var lander = _craft.Lander;
        if (_options.EnableWind && !_craft.LegContacts.Contains(true))
        {
            var (force, torque) = _wind.Blow(_options.WindPower, _options.TurbulencePower);
            lander.ApplyForce(new Vec2((float)force, 0));
            lander.ApplyTorque((float)torque);
        }

        Exhaust.Advance();
        var dispersion1 = _random!.Uniform(-1.0, +1.0) / LunarScale.PixelsPerMetre;
        var dispersion2 = _random.Uniform(-1.0, +1.0) / LunarScale.PixelsPerMetre;
        if (action == MainEngine)
        {
            FireMainEngine(dispersion1, dispersion2);
        }
        else if (action is LeftEngine or RightEngine)
        {
            FireSideEngine(action - MainEngine, dispersion1, dispersion2);
        }

        _craft.Step();
    }

    private void FireMainEngine(double dispersion1, double dispersion2)
    {
        var (sin, cos) = Tip();
        var position = _craft.Lander.Place.Position;
        var down = MainEngineDown + (2 * dispersion1);
        var x = (sin * down) - (cos * dispersion2);
        var y = (-cos * down) - (sin * dispersion2);
        Push(x, y, MainEnginePower, position.X + x, position.Y + y, MainExhaustDensity);
    }

    /// <summary>
    /// Fires to one side. Where it pushes is part of the rules, though 17 stands in them where 14 must have been meant:
    /// tilted, the lander is turned by more or less.
    /// </summary>
    /// <param name="direction">-1 for the left engine, +1 for the right one.</param>
    /// <param name="dispersion1">A random length along the lander.</param>
    /// <param name="dispersion2">A random length across it.</param>
    private void FireSideEngine(int direction, double dispersion1, double dispersion2)
    {
        var (sin, cos) = Tip();
        var position = _craft.Lander.Place.Position;
        var across = (3 * dispersion2) + (direction * 12 / LunarScale.PixelsPerMetre);
        var x = (sin * dispersion1) - (cos * across);
        var y = (-cos * dispersion1) - (sin * across);
        var fromX = position.X + x - (sin * 17 / LunarScale.PixelsPerMetre);
        var fromY = position.Y + y + (cos * 14 / LunarScale.PixelsPerMetre);
        Push(x, y, SideEnginePower, fromX, fromY, SideExhaustDensity);
    }

    private (double Sin, double Cos) Tip() => (Math.Sin(_craft.Lander.Angle), Math.Cos(_craft.Lander.Angle));

    /// <summary>Pushes the lander away from where its exhaust goes.</summary>
    private void Push(double exhaustX, double exhaustY, double power, double fromX, double fromY, double exhaustDensity)
    {
        Exhaust.Add(fromX, fromY, exhaustX * power, exhaustY * power, exhaustDensity);
        _craft.Lander.ApplyImpulse(
            new Vec2((float)(-exhaustX * power), (float)(-exhaustY * power)), new Vec2((float)fromX, (float)fromY));
    }

    /// <summary>Writes the observation, and gives the potential that rewards are the changes of.</summary>
    private double Observe(Span<byte> observation, out bool isOutside)
    {
        const double HalfWidth = LunarScale.Width / 2;
        const double HalfHeight = LunarScale.Height / 2;
        var lander = _craft.Lander;
        var position = lander.Place.Position;
        var x = (position.X - HalfWidth) / HalfWidth;
        var y = (position.Y - RestHeight) / HalfHeight;
        var velocityX = lander.Velocity.X * HalfWidth / LunarScale.StepsPerSecond;
        var velocityY = lander.Velocity.Y * HalfHeight / LunarScale.StepsPerSecond;
        double angle = lander.Angle;
        var turnRate = 20.0 * lander.TurnRate / LunarScale.StepsPerSecond;
        var leg1 = _craft.LegContacts[0] ? 1.0 : 0.0;
        var leg2 = _craft.LegContacts[1] ? 1.0 : 0.0;

        BinaryPrimitives.WriteSingleLittleEndian(observation, (float)x);
        BinaryPrimitives.WriteSingleLittleEndian(observation[4..], (float)y);
        BinaryPrimitives.WriteSingleLittleEndian(observation[8..], (float)velocityX);
        BinaryPrimitives.WriteSingleLittleEndian(observation[12..], (float)velocityY);
        BinaryPrimitives.WriteSingleLittleEndian(observation[16..], (float)angle);
        BinaryPrimitives.WriteSingleLittleEndian(observation[20..], (float)turnRate);
        BinaryPrimitives.WriteSingleLittleEndian(observation[24..], (float)leg1);
        BinaryPrimitives.WriteSingleLittleEndian(observation[28..], (float)leg2);

        isOutside = Math.Abs(x) >= 1.0;
        return (-100 * Math.Sqrt((x * x) + (y * y)))
            - (100 * Math.Sqrt((velocityX * velocityX) + (velocityY * velocityY)))
            - (100 * Math.Abs(angle))
            + (10 * leg1)
            + (10 * leg2);
    }
}
