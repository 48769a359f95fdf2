using DqnAspire.Contracts;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;

namespace DqnAspire.EnvService;

/// <summary>Environments as messages.</summary>
internal static class EnvironmentMessages
{
    public static ListResponse ToList(EnvironmentRegistry registry)
    {
        var response = new ListResponse();
        response.Environments.AddRange(registry.Definitions.Select(definition =>
            new EnvironmentSummary
            {
                Id = definition.Id,
                Description = definition.Description,
                Unavailable = definition.FindProblem() ?? "",
                Warning = definition.FindWarning() ?? "",
            }));
        return response;
    }

    public static DescribeResponse ToDescription(
        EnvironmentDefinition definition, Core.ObservationSpace observations, Core.ActionSpace actions, int maxEpisodeSteps)
    {
        var response = new DescribeResponse
        {
            Id = definition.Id,
            Description = definition.Description,
            ObservationSpace = ToMessage(observations),
            ActionSpace = new Contracts.Env.V1.ActionSpace { Count = actions.Count, Meanings = { actions.Meanings } },
            MaxEpisodeSteps = maxEpisodeSteps,
        };
        if (definition.RewardThreshold is { } threshold)
        {
            response.RewardThreshold = threshold;
        }

        response.Options.AddRange(definition.Options.Select(option => new Contracts.Env.V1.EnvironmentOption
        {
            Name = option.Name,
            DefaultValue = option.DefaultValue,
            Description = option.Description,
        }));
        return response;
    }

    private static Contracts.Env.V1.ObservationSpace ToMessage(Core.ObservationSpace space) => new()
    {
        ElementType = space.ElementType.ToMessage(),
        Shape = { space.Shape },
        Low = { space.Low },
        High = { space.High },
        States = space.States,
    };
}
