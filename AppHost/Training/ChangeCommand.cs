using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Core;

namespace DqnAspire.AppHost.Training;

/// <summary>Changes settings of the run while it trains.</summary>
internal static class ChangeCommand
{
    /// <summary>How the command looks, and what it asks for.</summary>
    public static CommandOptions Options => new()
    {
        Description = "Changes numbers of the run, from its next step on.",
        IconName = "Options",
        Arguments =
        [
            new()
            {
                Name = "learning-rate",
                Label = "Learning rate",
                InputType = InputType.Text,
                Placeholder = "as it is",
                Description = "Step size of the optimiser, above 0 and at most 1.",
            },
            new()
            {
                Name = "update-period",
                Label = "Update period",
                InputType = InputType.Text,
                Placeholder = "as it is",
                Description = "Agent steps from one update to the next, 1 to 1,000,000.",
            },
        ],
        UpdateState = TrainingState.WhileTraining,
    };

    /// <summary>Runs the command.</summary>
    public static async Task<ExecuteCommandResult> RunAsync(
        LearnerService.LearnerServiceClient learner, ExecuteCommandContext context)
    {
        var request = new ChangeRequest();
        if (context.Arguments.GetString("learning-rate") is { Length: > 0 } rate)
        {
            if (!NumberText.TryParse<double>(rate, out _))
            {
                return CommandResults.Failure(
                    $"Learning rate: '{rate}' is not a number such as 0.0001{NumberText.Hint(rate)}.");
            }

            request.Settings["Optimizer:LearningRate"] = rate;
        }

        if (context.Arguments.GetString("update-period") is { Length: > 0 } period)
        {
            if (!NumberText.TryParse<int>(period, out _))
            {
                return CommandResults.Failure($"Update period: '{period}' is not a whole number of steps.");
            }

            request.Settings["Agent:UpdatePeriod"] = period;
        }

        await learner.ChangeAsync(request, cancellationToken: context.CancellationToken).ConfigureAwait(false);
        var changes = string.Join(", ", request.Settings.Select(setting => $"{setting.Key} {setting.Value}"));
        return CommandResults.Success($"{changes} from the next step on.");
    }
}
