using System.Globalization;
using DqnAspire.AppHost.Following;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;

namespace DqnAspire.AppHost.Training;

/// <summary>What the dashboard's user, and <c>aspire resource training COMMAND</c>, can do with the run.</summary>
internal static class TrainingCommands
{
    /// <summary>Adds all commands.</summary>
    public static IResourceBuilder<TrainingResource> WithRunCommands(this IResourceBuilder<TrainingResource> training)
    {
        Add("pause", "Pause", "Makes the run wait before its next step.", "Pause", IsGoing, highlighted: true, async (learner, context) =>
        {
            var progress = (await learner.PauseAsync(new PauseRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false)).Progress;
            return CommandResults.Success(Format($"Paused at step {progress.Steps:N0}."));
        });
        Add("resume", "Resume", "Lets a paused run continue, and continues a stopped one from its newest checkpoint.", "Play", CanResume, highlighted: true, ResumeAsync);
        Add("checkpoint", "Checkpoint now", "Writes a checkpoint after the current step.", "Save", IsGoing, highlighted: true, async (learner, context) =>
        {
            var checkpoint = await learner.CheckpointAsync(new CheckpointRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false);
            return CommandResults.Success(Format($"Checkpoint of step {checkpoint.Steps:N0} in {checkpoint.Directory}."));
        });
        Add(
            "change", "Change", "Changes numbers of the run, from its next step on.", "Options", IsGoing, highlighted: false, ChangeAsync,
            [
                new() { Name = "learning-rate", Label = "Learning rate", InputType = InputType.Text, Placeholder = "as it is", Description = "Step size of the optimiser, above 0 and at most 1." },
                new() { Name = "update-period", Label = "Update period", InputType = InputType.Text, Placeholder = "as it is", Description = "Agent steps from one update to the next, 1 to 1,000,000." },
            ]);
        training.WithCommand("evaluate", "Evaluate", context => EvaluateCommand.RunAsync(training.Resource, context), EvaluateCommand.Options);
        training.WithCommand("compare", "Compare runs", context => CallAsync(training.Resource, context, CompareCommand.RunAsync), CompareCommand.Options);
        Add(
            "stop", "Stop with checkpoint", "Ends the run after its current step, with a checkpoint from which it can be resumed.", "Stop", CanStop, highlighted: true,
            async (learner, context) =>
            {
                var progress = (await learner.StopAsync(new StopRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false)).Progress;
                return CommandResults.Success(Format($"Stopped after {progress.Steps:N0} steps; Resume continues the run."));
            },
            confirmation: "Stop the run? It writes a checkpoint and can be resumed.");
        return training;

        void Add(
            string name,
            string title,
            string description,
            string icon,
            Func<string, bool> enabled,
            bool highlighted,
            Func<LearnerService.LearnerServiceClient, ExecuteCommandContext, Task<ExecuteCommandResult>> run,
            IReadOnlyList<InteractionInput>? arguments = null,
            string? confirmation = null) => training.WithCommand(
                name,
                title,
                context => CallAsync(training.Resource, context, run),
                new CommandOptions
                {
                    Description = description,
                    IconName = icon,
                    IsHighlighted = highlighted,
                    ConfirmationMessage = confirmation,
                    Arguments = arguments ?? [],
                    UpdateState = context => enabled(context.ResourceSnapshot.State?.Text ?? "") ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
                });
    }

    /// <summary>Calls the learner; what it refuses is the command's answer.</summary>
    private static async Task<ExecuteCommandResult> CallAsync(
        TrainingResource training, ExecuteCommandContext context, Func<LearnerService.LearnerServiceClient, ExecuteCommandContext, Task<ExecuteCommandResult>> run)
    {
        try
        {
            using var channel = ServiceChannels.Create(training.Learner!.Url);
            return await run(new LearnerService.LearnerServiceClient(channel), context).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            return CommandResults.Failure(Describe(e));
        }
    }

    /// <summary>An error of a call as one line for people.</summary>
    public static string Describe(RpcException e) => e.StatusCode == StatusCode.Unavailable ? "The service does not answer; it may be starting." : e.Status.Detail;

    private static async Task<ExecuteCommandResult> ResumeAsync(LearnerService.LearnerServiceClient learner, ExecuteCommandContext context)
    {
        var runs = await learner.ListRunsAsync(new ListRunsRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false);
        if (runs.Runs.FirstOrDefault() is { InProgress: false, CanResume: true } stopped)
        {
            await learner.StartAsync(new StartRequest { ResumeRunDirectory = stopped.RunDirectory }, cancellationToken: context.CancellationToken).ConfigureAwait(false);
            return CommandResults.Success($"Run {stopped.RunId} continues from its newest checkpoint.");
        }

        var progress = (await learner.ResumeAsync(new ResumeRequest(), cancellationToken: context.CancellationToken).ConfigureAwait(false)).Progress;
        return CommandResults.Success(Format($"The run continues at step {progress.Steps:N0}."));
    }

    private static async Task<ExecuteCommandResult> ChangeAsync(LearnerService.LearnerServiceClient learner, ExecuteCommandContext context)
    {
        var request = new ChangeRequest();
        if (context.Arguments.GetString("learning-rate") is { Length: > 0 } rate)
        {
            if (!double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                return CommandResults.Failure($"Learning rate: '{rate}' is not a number such as 0.0001.");
            }

            request.Settings["Optimizer:LearningRate"] = rate;
        }

        if (context.Arguments.GetString("update-period") is { Length: > 0 } period)
        {
            if (!int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return CommandResults.Failure($"Update period: '{period}' is not a whole number of steps.");
            }

            request.Settings["Agent:UpdatePeriod"] = period;
        }

        await learner.ChangeAsync(request, cancellationToken: context.CancellationToken).ConfigureAwait(false);
        return CommandResults.Success(string.Join(", ", request.Settings.Select(s => $"{s.Key} {s.Value}")) + " from the next step on.");
    }

    private static bool IsGoing(string state) =>
        state.StartsWith("Training", StringComparison.Ordinal) || state.StartsWith("Filling", StringComparison.Ordinal);

    private static bool CanStop(string state) => IsGoing(state) || state is "Starting" or "Evaluating" or TrainingState.Paused;

    private static bool CanResume(string state) => state == TrainingState.Paused || TrainingState.Resumable.Contains(state);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
