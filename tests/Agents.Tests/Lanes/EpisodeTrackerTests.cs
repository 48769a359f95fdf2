using DqnAspire.Agents.Lanes;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Agents.Tests.Lanes;

/// <summary>The games that people count, where the learner sees single lives of them.</summary>
public sealed class EpisodeTrackerTests
{
    /// <summary>
    /// A game cannot be longer than its frames allow, nor go missing: where it ends in the step that a reset makes
    /// after a lost life, that is counted too. The limits make ends fall on every frame of a step and into resets.
    /// </summary>
    [Theory]
    [InlineData("BricksNoFrameskip-v4", 53)]
    [InlineData("BricksNoFrameskip-v4", 56)]
    [InlineData("BricksNoFrameskip-v4", 97)]
    [InlineData("BricksNoFrameskip-v4", 200)]
    [InlineData("VolleyNoFrameskip-v0", 61)]
    public async Task NoGame_IsLongerThanItsFrames_OrMergedWithTheNext(string id, int frames)
    {
        var options = new Dictionary<string, string>
        {
            ["preprocessing"] = "nature",
            ["noop_max"] = "0",
            ["max_num_frames_per_episode"] = $"{frames}",
        };
        await using var lanes = await new LocalLaneSource(BuiltInEnvironments.Registry)
            .OpenAsync(id, options, 2, 5, autoReset: true, TestContext.Current.CancellationToken);
        var tracker = new EpisodeTracker(lanes);
        var random = new Random(frames);
        var (games, steps, longest) = (0, 0, (frames + 3) / 4);
        for (var step = 0; step < 4000; step++)
        {
            int[] actions = [random.Next(lanes.Environment.Actions), random.Next(lanes.Environment.Actions)];
            await lanes.StepAsync(actions, TestContext.Current.CancellationToken);
            tracker.Add(0);
            tracker.Add(1);
            foreach (var game in tracker.TakeEnded())
            {
                Assert.InRange(game.Length, 1, longest);
                games++;
                steps += game.Length;
            }
        }

        Assert.Equal(2 * 4000, steps + tracker.Lengths.Sum());
        Assert.True(games >= 2 * 4000 / longest, $"{games} games of at most {longest} steps.");
    }
}
