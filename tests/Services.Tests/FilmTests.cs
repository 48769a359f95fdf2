using DqnAspire.Clients;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Services.Tests;

/// <summary>What the screen of a lane at EnvService shows is what one in this process shows.</summary>
public sealed class FilmTests(InMemorySystem system) : IClassFixture<InMemorySystem>
{
    private static readonly Dictionary<string, string> None = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("VolleyDeterministic-v4", 4)]
    [InlineData("FrozenLake-v1", 1)]
    public async Task NearAndFar_AreTheSame(string id, int pictures)
    {
        var near = await new LocalLaneSource(BuiltInEnvironments.Registry).OpenAsync(id, None, 1, 2, false, Cancel);
        await using var far = await new GrpcLaneSource(system.Env).OpenAsync(id, None, 1, 2, false, Cancel);
        Assert.True(await near.CaptureAsync(Cancel));
        Assert.True(await far.CaptureAsync(Cancel));
        Assert.Equal(near.Film!.Format.Palette.ToArray(), far.Film!.Format.Palette.ToArray());
        Assert.Equal(
            near.Film.Format with { Palette = default }, far.Film.Format with { Palette = default });
        Assert.Equal(near.Film.Pictures.ToArray(), far.Film.Pictures.ToArray());
        for (var step = 0; step < 20; step++)
        {
            await near.StepAsync(new[] { step % 3 }, Cancel);
            await far.StepAsync(new[] { step % 3 }, Cancel);
            Assert.Equal(pictures, far.Film.Count);
            Assert.Equal(near.Film.Pictures.ToArray(), far.Film.Pictures.ToArray());
            if (near.Flags.Span[0] != Core.StepFlags.None)
            {
                await near.ResetAsync(0, 5, Cancel);
                await far.ResetAsync(0, 5, Cancel);
                Assert.Equal(1, far.Film.Count);
                Assert.Equal(near.Film.Pictures.ToArray(), far.Film.Pictures.ToArray());
            }
        }
    }
}
