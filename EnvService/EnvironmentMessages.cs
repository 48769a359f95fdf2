using DqnAspire.Contracts;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments;

namespace DqnAspire.EnvService;

/// <summary>Environments as messages.</summary>
internal static class EnvironmentMessages
{
    public static EnvironmentSummary ToSummary(EnvironmentDefinition definition) => new()
    {
        Id = definition.Id,
        Description = definition.Description,
        Unavailable = definition.FindProblem() ?? "",
        Warning = definition.FindWarning() ?? "",
    };

    public static DescribeResponse ToMessage(EnvironmentDescription description)
    {
        var environment = description.Environment;
        var response = new DescribeResponse
        {
            Id = environment.Id,
            Description = description.Description,
            ObservationSpace = ToMessage(environment.ObservationSpace),
            ActionSpace = new ActionSpace { Count = environment.Actions, Meanings = { description.ActionNames } },
            MaxEpisodeSteps = environment.MaxEpisodeSteps,
            InfoNames = { description.InfoNames },
        };
        if (description.RewardThreshold is { } threshold)
        {
            response.RewardThreshold = threshold;
        }

        response.Options.AddRange(description.Options.Select(option => new Contracts.Env.V1.EnvironmentOption
        {
            Name = option.Name,
            DefaultValue = option.DefaultValue,
            Description = option.Description,
            Value = description.Values[option.Name],
        }));
        return response;
    }

    private static ObservationSpace ToMessage(Core.ObservationSpace space) => new()
    {
        ElementType = space.ElementType.ToMessage(),
        Shape = { space.Shape },
        Low = { space.Low },
        High = { space.High },
        States = space.States,
    };
}
