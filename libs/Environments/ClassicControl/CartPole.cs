using System.Buffers.Binary;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.ClassicControl;

/// <summary>
/// A cart on a track is pushed left or right so that the pole hinged on it stays upright: Gymnasium's CartPole-v1
/// without its time limit. Every step is worth 1, the one that ends the episode too.
/// </summary>
/// <remarks>
/// The dynamics are those of A. G. Barto, R. S. Sutton and C. W. Anderson, "Neuronlike Adaptive Elements That Can Solve
/// Difficult Learning Control Problems" (1983), without friction, by explicit Euler steps. The order of operations is
/// part of the definition: the upright pole is unstable, so a last bit grows into another trajectory.
/// </remarks>
/// <param name="suttonBartoReward">Reward 0 a step and -1 at the end, as in the book, instead of 1 a step.</param>
public sealed class CartPole(bool suttonBartoReward = false) : IEnvironment
{
    private const double Gravity = 9.8;
    private const double CartMass = 1.0;
    private const double PoleMass = 0.1;
    private const double TotalMass = PoleMass + CartMass;
    private const double HalfPoleLength = 0.5;
    private const double PoleMassLength = PoleMass * HalfPoleLength;
    private const double Force = 10.0;
    private const double SecondsPerStep = 0.02;
    private const double AngleLimit = 12 * 2 * Math.PI / 360;
    private const double PositionLimit = 2.4;
    private const double StartRange = 0.05;

    private static readonly ActionSpace Actions = new("LEFT", "RIGHT");

    // The declared bounds are twice the limits, in single precision, so that an episode's last observation is inside.
    private static readonly ObservationSpace Observations = ObservationSpace.Box(
        ElementType.Float32,
        [4],
        [-(float)(PositionLimit * 2), double.NegativeInfinity, -(float)(AngleLimit * 2), double.NegativeInfinity],
        [(float)(PositionLimit * 2), double.PositiveInfinity, (float)(AngleLimit * 2), double.PositiveInfinity]);

    private CartPolePicture? _picture;
    private Pcg64? _random;
    private bool _running;

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace => Observations;

    /// <inheritdoc/>
    public ActionSpace ActionSpace => Actions;

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 0;

    /// <inheritdoc/>
    public IDisplay Display => _picture ??= new CartPolePicture(this);

    /// <summary>The exact state. Setting it moves cart and pole there; the episode continues from it.</summary>
    public CartPoleState State { get; set; }

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        _random = EnvironmentRandom.AtReset(_random, seed);
        State = new CartPoleState(
            _random.Uniform(-StartRange, StartRange),
            _random.Uniform(-StartRange, StartRange),
            _random.Uniform(-StartRange, StartRange),
            _random.Uniform(-StartRange, StartRange));
        _running = true;
        Observe(observation);
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

        State = Advance(State, action == 1 ? Force : -Force);
        Observe(observation);

        var terminated = Math.Abs(State.Position) > PositionLimit || Math.Abs(State.Angle) > AngleLimit;
        _running = !terminated;
        var reward = suttonBartoReward ? (terminated ? -1.0 : 0.0) : 1.0;
        return new StepResult(reward, terminated ? StepFlags.Terminated : StepFlags.None);
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        writer.Section(nameof(CartPole));
        writer.Setting("sutton_barto_reward", suttonBartoReward);
        writer.Write([State.Position, State.Velocity, State.Angle, State.AngularVelocity]);
        writer.Write(_running);
        writer.Write(_random);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        reader.Section(nameof(CartPole));
        reader.Setting("sutton_barto_reward", suttonBartoReward);
        State = new CartPoleState(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        _running = reader.ReadBoolean();
        _random = reader.ReadPcg64();
    }

    private static CartPoleState Advance(CartPoleState state, double force)
    {
        var (x, xDot, theta, thetaDot) = state;
        var cos = Math.Cos(theta);
        var sin = Math.Sin(theta);

        var temp = (force + (PoleMassLength * (thetaDot * thetaDot) * sin)) / TotalMass;
        var thetaAcceleration = ((Gravity * sin) - (cos * temp))
            / (HalfPoleLength * ((4.0 / 3.0) - (PoleMass * (cos * cos) / TotalMass)));
        var xAcceleration = temp - (PoleMassLength * thetaAcceleration * cos / TotalMass);

        return new CartPoleState(
            x + (SecondsPerStep * xDot),
            xDot + (SecondsPerStep * xAcceleration),
            theta + (SecondsPerStep * thetaDot),
            thetaDot + (SecondsPerStep * thetaAcceleration));
    }

    private void Observe(Span<byte> observation)
    {
        BinaryPrimitives.WriteSingleLittleEndian(observation, (float)State.Position);
        BinaryPrimitives.WriteSingleLittleEndian(observation[4..], (float)State.Velocity);
        BinaryPrimitives.WriteSingleLittleEndian(observation[8..], (float)State.Angle);
        BinaryPrimitives.WriteSingleLittleEndian(observation[12..], (float)State.AngularVelocity);
    }
}
