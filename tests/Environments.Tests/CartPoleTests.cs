using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.ClassicControl;

namespace DqnAspire.Environments.Tests;

public sealed class CartPoleTests
{
    [Fact]
    public void Step_FromRest_IsTheHandComputedEulerStep()
    {
        var cart = new CartPole();
        var bytes = new byte[16];
        cart.Reset(0, bytes);
        cart.State = default;

        cart.Step(1, bytes);

        // Upright and at rest: temp = 10/1.1; angular acceleration = -temp / (0.5 (4/3 - 0.1/1.1)) = -14.6341...;
        // acceleration = temp + 0.05 * 14.6341... / 1.1 = 9.7560...; each times 0.02 s. Positions use the old
        // velocities.
        Assert.Equal(0, cart.State.Position);
        Assert.Equal(0.1951219512195122, cart.State.Velocity, 1e-15);
        Assert.Equal(0, cart.State.Angle);
        Assert.Equal(-0.2926829268292683, cart.State.AngularVelocity, 1e-15);
        Assert.Equal((float)cart.State.Velocity, MemoryMarshal.Cast<byte, float>(bytes)[1]);
    }

    [Theory]
    [InlineData(2.4, 0.0, false)]
    [InlineData(2.4000000000000004, 0.0, true)]
    [InlineData(-2.4000000000000004, 0.0, true)]
    [InlineData(0.0, 0.20943951023931953, false)]
    [InlineData(0.0, 0.20943951023931956, true)]
    [InlineData(0.0, -0.20943951023931956, true)]
    public void Limits_AreThemselvesInside(double position, double angle, bool terminated)
    {
        var cart = new CartPole();
        var bytes = new byte[16];
        cart.Reset(0, bytes);
        cart.State = new CartPoleState(position, 0, angle, 0);
        Assert.Equal(terminated, cart.Step(0, bytes).Terminated);
    }

    [Fact]
    public void SuttonBartoReward_IsZeroAndMinusOneAtTheEnd()
    {
        var cart = BuiltInEnvironments.Registry.Create(
            "CartPole-v1", new Dictionary<string, string> { ["sutton_barto_reward"] = "true" });
        var bytes = new byte[16];
        cart.Reset(0, bytes);
        StepResult result;
        while (!(result = cart.Step(1, bytes)).Ended)
        {
            Assert.Equal(0, result.Reward);
        }

        Assert.Equal(-1, result.Reward);
    }

    [Fact]
    public void Space_IsTwiceTheLimits()
    {
        var space = new CartPole().ObservationSpace;
        Assert.Equal(ElementType.Float32, space.ElementType);
        Assert.Equal([4], space.Shape);
        Assert.Equal(16, space.ByteCount);
        Assert.Equal([4.8f, double.PositiveInfinity, 0.41887903f, double.PositiveInfinity], space.High);
        Assert.Equal(space.High.Select(high => -high), space.Low);
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        var cart = new CartPole();
        var bytes = new byte[16];
        Assert.Throws<InvalidOperationException>(() => cart.Step(0, bytes));
        cart.Reset(0, bytes);
        Assert.Equal("action", Assert.Throws<ArgumentOutOfRangeException>(() => cart.Step(2, bytes)).ParamName);
        Assert.Equal("observation", Assert.Throws<ArgumentException>(() => cart.Step(0, new byte[15])).ParamName);
        Assert.Equal("observation", Assert.Throws<ArgumentException>(() => cart.Reset(0, new byte[15])).ParamName);
        cart.State = new CartPoleState(3, 0, 0, 0);
        Assert.True(cart.Step(0, bytes).Terminated);
        Assert.Throws<InvalidOperationException>(() => cart.Step(0, bytes));
    }

    [Fact]
    public void FirstReset_WithoutSeed_DiffersBetweenCopies()
    {
        byte[] first = new byte[16], second = new byte[16];
        new CartPole().Reset(null, first);
        new CartPole().Reset(null, second);
        Assert.NotEqual(first, second);
    }
}
