using System.Text.Json;

namespace DqnAspire.Cli.Tests;

/// <summary><c>dqn evaluate</c>, <c>play</c> and <c>record</c> with what a run has left.</summary>
public sealed class PlayCommandsTests(PlayCommandsTests.TrainedRun run) : IClassFixture<PlayCommandsTests.TrainedRun>
{
    [Fact]
    public async Task Evaluate_GivesWhatTheRunsOwnEvaluationGave()
    {
        var (exitCode, output, errors) = await run.DqnAsync("evaluate", "cartpole@latest", "--json");

        Assert.Equal((0, ""), (exitCode, errors));
        using var evaluated = JsonDocument.Parse(output);
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Folder, "evaluation.json")));
        Assert.Equal(
            recorded.RootElement.GetProperty("protocol").GetString(),
            evaluated.RootElement.GetProperty("protocol").GetString());
        var numbers = evaluated.RootElement.GetProperty("numbers");
        Assert.All(
            (string[])["mean_return", "median_return", "min_return", "max_return", "mean_length"],
            name => Assert.Equal(
                recorded.RootElement.GetProperty(name).GetDouble(), numbers.GetProperty(name).GetDouble()));
        Assert.Equal(20, evaluated.RootElement.GetProperty("episodes").GetArrayLength());
    }

    [Fact]
    public async Task Evaluate_SaysTheProtocolInWords()
    {
        var (exitCode, output, _) = await run.DqnAsync(
            "evaluate", "--episodes", "3", "--epsilon", "0.5", "--seed", "7", "--max-steps", "50");

        Assert.Equal(0, exitCode);
        Assert.Contains("epsilon 0.5 play, 3 episodes", output, StringComparison.Ordinal);
        Assert.Contains("at most 50 steps each", output, StringComparison.Ordinal);
        Assert.Contains("│ episodes", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOutsideARun_IsPlayed_WhenItsEnvironmentIsNamed()
    {
        var file = Path.Combine(run.Root, "alone.safetensors");
        File.Copy(Directory.GetFiles(run.Folder, "network.safetensors", SearchOption.AllDirectories)[0], file, true);

        var (refused, _, reason) = await run.DqnAsync("play", file);
        var (played, output, _) = await run.DqnAsync("play", file, "--env", "CartPole-v1", "--seed", "3");

        Assert.Equal((1, 0), (refused, played));
        Assert.Contains("--env", reason, StringComparison.Ordinal);
        Assert.Contains("Episode 1, seed 3: total reward ", output, StringComparison.Ordinal);
        Assert.Contains("│ LEFT ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecording_GoesIntoTheRun_AndIsPlayedAgain()
    {
        var (exitCode, output, errors) = await run.DqnAsync(
            "record", "cartpole@latest", "--best-of", "4", "--seed", "11", "--overlay", "score,value");

        Assert.Equal((0, ""), (exitCode, errors));
        var json = Assert.Single(Directory.GetFiles(Path.Combine(run.Folder, "recordings"), "*-seed-1?.gif.json"));
        var line = output.Split('\n').Single(text => text.StartsWith("Episode of seed 1", StringComparison.Ordinal));
        var (replayed, again, _) = await run.DqnAsync("play", json);
        Assert.Equal(0, replayed);
        var reward = line.Split("return ")[1].Split(',')[0];
        Assert.Contains($": total reward {reward}, {reward} steps, ", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no run, folder or file 'nothing'", "play", "nothing")]
    [InlineData("'newest' is no policy of a run", "evaluate", "cartpole@newest")]
    [InlineData("cannot play FrozenLake-v1", "record", "--env", "FrozenLake-v1")]
    [InlineData("There is no environment 'Nope-v1'", "play", "--env", "Nope-v1")]
    [InlineData("epsilon: 2 is not a probability", "evaluate", "--epsilon", "2")]
    [InlineData("it is for Atari games", "play", "--sticky", "0.25")]
    [InlineData("--format is gif, mp4, webm, png, not 'avi'", "record", "--format", "avi")]
    [InlineData("is named as mp4", "record", "--format", "gif", "-o", "x.mp4")]
    [InlineData("exclude each other", "record", "--best-of", "2", "--episodes", "2")]
    [InlineData("--overlay takes", "record", "--overlay", "lives")]
    [InlineData("frame rate: 60", "record", "--fps", "60")]
    [InlineData("does not describe a recording", "play", "broken.json")]
    [InlineData("'length' is not an option", "play", "--env-option", "length=3")]
    public async Task BadInput_IsOneLine(string problem, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(run.Root, "broken.json"), "{ \"pictures\": \"x\" }");

        var (exitCode, output, errors) = await run.DqnAsync(arguments);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Contains(problem, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    /// <summary>A short run of CartPole.</summary>
    public sealed class TrainedRun : IAsyncLifetime
    {
        /// <summary>Where the commands are given.</summary>
        public string Root { get; } = Directory.CreateTempSubdirectory("dqn-play-").FullName;

        /// <summary>The run's folder.</summary>
        public string Folder { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            var (exitCode, _, errors) = await DqnAsync("train", "cartpole-dense", "--set", "Run:MaxEpisodes=5");
            Assert.Equal((2, ""), (exitCode, errors));
            Folder = Assert.Single(Directory.GetDirectories(Path.Combine(Root, "runs")));
        }

        public Task<(int ExitCode, string Output, string Errors)> DqnAsync(params string[] arguments) =>
            DqnProcess.RunAsync(Root, arguments);

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Root, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
