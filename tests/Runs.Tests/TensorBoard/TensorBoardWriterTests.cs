using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.TensorBoard;

namespace DqnAspire.Runs.Tests.TensorBoard;

public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RecordsAndRates_AreThere_UnderTheUsualNames()
    {
        string path;
        using (var writer = new TensorBoardWriter(_folder, PresetCatalog.BuiltIn.Resolve("cartpole-dense", [])))
        {
            path = writer.Path;
            writer.Add(new LogRecord("episode", 1, 40)
            {
                Return = 12,
                Length = 40,
                Loss = 0.5,
                ValidationReturn = 9,
                Epsilon = 0.25,
                ActionCounts = [30, 10],
                Elapsed = TimeSpan.FromSeconds(1),
            });
            writer.Add(Progress(seconds: 1.9));
            writer.Add(Progress(seconds: 2));
            writer.Add(Progress(seconds: 3.9));
            writer.Add(Progress(seconds: 4));
            writer.Add(new LogRecord("iteration", 2, 50) { Elapsed = TimeSpan.FromSeconds(5) });
        }

        var events = EventFileReader.Read(path);

        Assert.Equal(5, events.Count);
        Assert.Contains("| Agent:Gamma | 0.99 |", events[1].Texts["hyperparameters"], StringComparison.Ordinal);
        Assert.Equal(40, events[2].Step);
        Assert.Equal(
            new Dictionary<string, float>
            {
                ["charts/episodic_return"] = 12,
                ["charts/episodic_length"] = 40,
                ["charts/epsilon"] = 0.25f,
                ["losses/td_loss"] = 0.5f,
                ["eval/episodic_return"] = 9,
                ["actions/0"] = 0.75f,
                ["actions/1"] = 0.25f,
            },
            events[2].Scalars);
        Assert.All(events[3..], e => Assert.Equal(
            new Dictionary<string, float>
            {
                ["charts/SPS"] = 1000,
                ["charts/updates_per_second"] = 500,
                ["charts/mean_return_100"] = 11
            },
            e.Scalars));
        Assert.Equal([45, 45], events[3..].Select(e => e.Step));
    }

    [Fact]
    public void AResumedRun_VoidsWhatItDoesAgain()
    {
        string path;
        using (var writer = new TensorBoardWriter(
            _folder, PresetCatalog.BuiltIn.Resolve("cartpole-dense", []), resumedAt: 70))
        {
            path = writer.Path;
        }

        var events = EventFileReader.Read(path);

        Assert.Equal(2, events.Count);
        Assert.Equal((true, 71), (events[1].IsSessionStart, events[1].Step));
    }

    [Fact]
    public void AFolderThatCannotBeWritten_IsNamed()
    {
        var absent = Path.Combine(_folder, "absent");

        var error = Assert.Throws<RunDirectoryException>(
            () => new TensorBoardWriter(absent, PresetCatalog.BuiltIn.Resolve("cartpole-dense", [])));

        Assert.Contains(absent, error.Message, StringComparison.Ordinal);
    }

    private static TrainingProgress Progress(double seconds) => new()
    {
        Steps = 45,
        StepsPerSecond = 1000,
        UpdatesPerSecond = 500,
        MeanReturn100 = 11,
        Elapsed = TimeSpan.FromSeconds(seconds),
    };
}
