using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Pictures;
using DqnAspire.Environments;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>Pictures of lanes' screens.</summary>
internal static class LanePictures
{
    private const int MaxScale = 8;

    /// <summary>Shows a lane's true screen as a PNG file.</summary>
    /// <param name="render">Which lane, and how large.</param>
    /// <param name="lanes">The session's lanes.</param>
    /// <param name="id">The environment, for messages.</param>
    /// <exception cref="RpcException">The lane or the scale is wrong, or the environment has no screen.</exception>
    public static InteractResponse Render(RenderLane render, EnvironmentLanes lanes, string id)
    {
        if (render.Lane < 0 || render.Lane >= lanes.Count)
        {
            throw EnvErrors.Invalid("render.lane", $"{render.Lane} is not a lane (0..{lanes.Count - 1}).");
        }

        if (render.Scale is < 0 or > MaxScale)
        {
            throw EnvErrors.Invalid(
                "render.scale", $"{render.Scale} is not a scale from 1 to {MaxScale}, or 0 for 1.");
        }

        var display = lanes.Display(render.Lane)
            ?? throw new RpcException(new Status(StatusCode.Unimplemented, $"render: {id} has no screen to show."));
        var scale = Math.Max(render.Scale, 1);
        var (height, width) = (display.ScreenHeight, display.ScreenWidth);
        var pixels = new byte[height * width * 3];
        display.ReadRgb(pixels);
        return new InteractResponse
        {
            Rendered = new LaneRendered
            {
                Png = UnsafeByteOperations.UnsafeWrap(PngPicture.Encode(pixels, height, width, scale)),
                Width = width * scale,
                Height = height * scale,
            },
        };
    }

    /// <summary>Begins to capture the first lane.</summary>
    /// <param name="lanes">The session's lanes.</param>
    public static InteractResponse Capture(EnvironmentLanes lanes)
    {
        if (!lanes.Capture())
        {
            return new InteractResponse { CaptureStarted = new CaptureStarted() };
        }

        var format = lanes.Film!.Format;
        return new InteractResponse
        {
            CaptureStarted = new CaptureStarted
            {
                Format = new FilmFormat
                {
                    Width = format.Width,
                    Height = format.Height,
                    Palette = UnsafeByteOperations.UnsafeWrap(format.Palette),
                    FramesPerSecond = format.FramesPerSecond,
                    PixelAspect = format.PixelAspect,
                    SampleRate = format.SampleRate,
                },
                Film = ToMessage(lanes.Film),
            },
        };
    }

    /// <summary>What a lane showed. The message holds until the next step.</summary>
    public static Film? ToMessage(Core.Lanes.Film? film) => film is null
        ? null
        : new Film
        {
            Pictures = UnsafeByteOperations.UnsafeWrap(film.Pictures),
            Sound = UnsafeByteOperations.UnsafeWrap(film.Sound),
        };
}
