using DqnAspire.Core;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Benchmarks.Preprocessing;

/// <summary>
/// What is done to one Atari screen of 210x160, on one thread: each operation, and what each recipe makes of a screen.
/// Then whole steps of one game, and of eight lanes near and far.
/// </summary>
public sealed class PreprocessingSuite : ISuite
{
    private const int Calls = 50_000;
    private const int Size = 84;

    /// <summary>
    /// Steps of four frames a second that ALE 0.12.1 made of a commercial cartridge on a machine of this kind, without
    /// any preprocessing.
    /// </summary>
    private const double AleStepsPerSecond = 3_415;

    private const int StepsPerRound = 500;
    private const int Rounds = 50;

    private static readonly FrameFormat Gray = FrameFormat.Gray(210, 160);
    private static readonly FrameFormat Rgb = FrameFormat.Rgb(210, 160);

    /// <inheritdoc/>
    public string Name => "preprocessing";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var alone = await Task.Run(() => RunAlone(scale, cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. alone, .. await new LaneFigures(scale, cancellationToken).RunAsync().ConfigureAwait(false)];
    }

    private static BenchmarkResult[] RunAlone(double scale, CancellationToken cancellationToken) =>
    [
        .. Figures().Select(figure => new BenchmarkResult(
            figure.Name,
            Measurement.FastestNanoseconds((int)(Calls * scale), figure.Call, cancellationToken) / 1e3,
            "us")),
        .. BundledCartridges.Ids.Select(game => new BenchmarkResult(
            $"steps-{game}",
            StepRate(game, scale, cancellationToken),
            "steps/s",
            "ALE's four frames alone (recorded)",
            AleStepsPerSecond)),
    ];

    private static IEnumerable<(string Name, Action Call)> Figures() =>
    [
        ("max-gray", Maximum()),
        .. Operations().Select(operation => (operation.Name, Application([operation.Operation]))),
        .. PreprocessingPipelines.All
            .Where(pipeline => pipeline != PreprocessingPipelines.Rainbow)
            .Select(pipeline => ($"{pipeline.Name}-frame", Application(pipeline.CreateOperations(210, 160)))),
    ];

    /// <summary>
    /// Steps a second of an agent, from the cartridge to the stack: four frames, the maximum of two screens, luminance,
    /// area resize, a stack of four.
    /// </summary>
    private static double StepRate(string game, double scale, CancellationToken cancellationToken)
    {
        var steps = Math.Max(1, (int)(StepsPerRound * scale));
        var emulator = new AtariEmulator(BundledCartridges.Get(game).Span, GameCatalog.Default.Get(game));
        var environment = new FrameStack(PreprocessingPipelines.BreakoutKeras.Create(emulator), 4, StackPadding.Repeat);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        var random = new Random(1);
        environment.Reset(1, observation);
        return steps * 1e9 / Measurement.FastestNanoseconds(Rounds, PlayRound, cancellationToken);

        void PlayRound()
        {
            for (var step = 0; step < steps; step++)
            {
                if (environment.Step(random.Next(environment.ActionSpace.Count), observation).Ended)
                {
                    environment.Reset(null, observation);
                }
            }
        }
    }

    private static IEnumerable<(string Name, IFrameOperation Operation)> Operations() =>
    [
        ("area84", new AreaResize(Gray, Size, Size)),
        ("area84-rgb", new AreaResize(Rgb, Size, Size)),
        ("rgb-to-gray", RgbToGray.OpenCv(Rgb)),
        ("processframe84", new ProcessFrame84(Rgb)),
        ("crop-rgb", new Crop(Rgb, 30, 17, 7, 7)),
        ("bicubic84-rgb", new PillowResize(FrameFormat.Rgb(163, 146), Size, Size, PillowFilter.Bicubic)),
        ("bilinear84", new PillowResize(Gray, Size, Size, PillowFilter.Bilinear)),
        ("luma-signed84", new LumaToSignedUnit(FrameFormat.Rgb(Size, Size))),
        ("scale84", new ScaleBytes(FrameFormat.Gray(Size, Size))),
    ];

    private static Action Maximum()
    {
        var (first, second) = (Noise(Gray), Noise(Gray));
        return () => PairMaximum.Compute(first, second, second);
    }

    private static Action Application(IReadOnlyList<IFrameOperation> operations)
    {
        var frames = operations.Select(operation => new byte[operation.Output.ByteCount])
            .Prepend(Noise(operations[0].Input)).ToArray();
        return () =>
        {
            for (var i = 0; i < operations.Count; i++)
            {
                operations[i].Apply(frames[i], frames[i + 1]);
            }
        };
    }

    private static byte[] Noise(FrameFormat format)
    {
        var noise = new byte[format.ElementCount];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
