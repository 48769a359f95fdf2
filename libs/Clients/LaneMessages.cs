using DqnAspire.Contracts;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Clients;

/// <summary>What EnvService says of an environment, in the words of the ports.</summary>
internal static class LaneMessages
{
    /// <summary>Spaces, options and everything else that the service says.</summary>
    /// <exception cref="InvalidDataException">
    /// The message has an element type that this client does not know.
    /// </exception>
    public static EnvironmentDescription ToDescription(DescribeResponse message) => new(
        ToInfo(message),
        message.Description,
        message.HasRewardThreshold ? message.RewardThreshold : null,
        message.ActionSpace.Meanings,
        [
            .. message.Options.Select(option =>
                new Core.Lanes.EnvironmentOption(option.Name, option.DefaultValue, option.Description)),
        ],
        message.Options.ToDictionary(option => option.Name, option => option.Value));

    /// <summary>Id, spaces and limit.</summary>
    /// <exception cref="InvalidDataException">
    /// The message has an element type that this client does not know.
    /// </exception>
    public static EnvironmentInfo ToInfo(DescribeResponse message) =>
        new(
            message.Id,
            ToSpace(message.Id, message.ObservationSpace),
            message.ActionSpace.Count,
            message.MaxEpisodeSteps);

    /// <summary>What a film is made of.</summary>
    public static Core.Lanes.FilmFormat ToFormat(Contracts.Env.V1.FilmFormat message) =>
        new(message.Width, message.Height)
        {
            Palette = message.Palette.ToByteArray(),
            FramesPerSecond = message.FramesPerSecond,
            PixelAspect = message.PixelAspect,
            SampleRate = message.SampleRate,
        };

    private static Core.ObservationSpace ToSpace(string id, ObservationSpace space)
    {
        if (space.States > 0)
        {
            return Core.ObservationSpace.Discrete(space.States);
        }

        var elementType = space.ElementType.ToCore() ?? throw new InvalidDataException(
            $"{LaneExchange.Service} described {id} with an element type that this client does not know: "
            + $"{space.ElementType}.");
        return Core.ObservationSpace.Box(elementType, [.. space.Shape], [.. space.Low], [.. space.High]);
    }
}
