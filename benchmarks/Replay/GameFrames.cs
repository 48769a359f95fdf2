using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>
/// Frames as learners see them: 84x84 bytes, made by the Nature recipe's preprocessing of the bundled games under
/// random play.
/// </summary>
internal static class GameFrames
{
    // Past the games' title and the empty moments of their beginning.
    private const int Skipped = 200;

    public static byte[] Play(string game, int count)
    {
        var environment = BuiltInEnvironments.Registry.Create(
            $"{game}NoFrameskip-v4", [KeyValuePair.Create("preprocessing", "nature")]);
        var width = environment.ObservationSpace.ByteCount;
        var random = new Pcg64(1);
        var frame = new byte[width];
        var frames = new byte[count * width];
        environment.Reset(1, frame);
        for (var i = 0; i < Skipped + count; i++)
        {
            var step = environment.Step((int)random.Integers(0, environment.ActionSpace.Count), frame);
            if (step.Flags != StepFlags.None)
            {
                environment.Reset(null, frame);
            }

            if (i >= Skipped)
            {
                frame.CopyTo(frames, (i - Skipped) * width);
            }
        }

        return frames;
    }

    /// <summary>Bytes that do not repeat.</summary>
    public static byte[] Noise(int count)
    {
        var frames = new byte[count * AtariLoad.FrameBytes];
        new Random(1).NextBytes(frames);
        return frames;
    }
}
