using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Monitoring.Following;
using Grpc.Core;
using Learner = DqnAspire.Contracts.Learner.V1.LearnerService.LearnerServiceClient;

namespace DqnAspire.AppHost.Training;

/// <summary>What the dashboard's user, and <c>aspire resource training COMMAND</c>, can do with the run.</summary>
internal static class TrainingCommands
{
    /// <summary>Adds all commands.</summary>
    public static IResourceBuilder<TrainingResource> WithTrainingCommands(
        this IResourceBuilder<TrainingResource> training) => training
        .With("pause", "Pause", PauseAsync, new CommandOptions
        {
            Description = "Makes the run wait before its next step.",
            IconName = "Pause",
            IsHighlighted = true,
            UpdateState = TrainingState.WhileTraining,
        })
        .With("resume", "Resume", ResumeAsync, new CommandOptions
        {
            Description = "Lets a paused run continue, and continues a stopped one from its newest checkpoint.",
            IconName = "Play",
            IsHighlighted = true,
            UpdateState = TrainingState.WhileResumable,
        })
        .With("checkpoint", "Checkpoint now", CheckpointAsync, new CommandOptions
        {
            Description = "Writes a checkpoint after the current step.",
            IconName = "Save",
            IsHighlighted = true,
            UpdateState = TrainingState.WhileTraining,
        })
        .With("change", "Change", ChangeCommand.RunAsync, ChangeCommand.Options)
        .WithCommand(
            "evaluate",
            "Evaluate",
            context => EvaluateCommand.RunAsync(training.Resource, context),
            EvaluateCommand.Options)
        .With("compare", "Compare runs", CompareCommand.RunAsync, CompareCommand.Options)
        .With("stop", "Stop with checkpoint", StopAsync, new CommandOptions
        {
            Description = "Ends the run after its current step, with a checkpoint from which it can be resumed.",
            IconName = "Stop",
            IsHighlighted = true,
            ConfirmationMessage = "Stop the run? It writes a checkpoint and can be resumed.",
            UpdateState = TrainingState.WhileStoppable,
        });

    /// <summary>An error of a call as one line for people.</summary>
    public static string Describe(RpcException e) => e.StatusCode == StatusCode.Unavailable
        ? "The service does not answer; it may be starting."
        : e.Status.Detail;

    /// <summary>Adds a command that calls the learner. If the learner refuses, that is the command's answer.</summary>
    private static IResourceBuilder<TrainingResource> With(
        this IResourceBuilder<TrainingResource> training,
        string name,
        string title,
        Func<Learner, ExecuteCommandContext, Task<ExecuteCommandResult>> run,
        CommandOptions options) => training.WithCommand(
            name,
            title,
            async context =>
            {
                try
                {
                    using var channel = ServiceChannels.Create(training.Resource.Learner!.Url);
                    return await run(new Learner(channel), context).ConfigureAwait(false);
                }
                catch (RpcException e)
                {
                    return CommandResults.Failure(Describe(e));
                }
            },
            options);

    private static async Task<ExecuteCommandResult> PauseAsync(Learner learner, ExecuteCommandContext context)
    {
        var response = await learner.PauseAsync(new PauseRequest(), cancellationToken: context.CancellationToken)
            .ConfigureAwait(false);
        return CommandResults.Success(Format($"Paused at step {response.Progress.Steps:N0}."));
    }

    private static async Task<ExecuteCommandResult> ResumeAsync(Learner learner, ExecuteCommandContext context)
    {
        var cancellation = context.CancellationToken;
        var runs = await learner.ListRunsAsync(new ListRunsRequest(), cancellationToken: cancellation)
            .ConfigureAwait(false);
        if (runs.Runs.FirstOrDefault() is { InProgress: false, CanResume: true } stopped)
        {
            var request = new StartRequest { ResumeRunDirectory = stopped.RunDirectory };
            await learner.StartAsync(request, cancellationToken: cancellation).ConfigureAwait(false);
            return CommandResults.Success($"Run {stopped.RunId} continues from its newest checkpoint.");
        }

        var response = await learner.ResumeAsync(new ResumeRequest(), cancellationToken: cancellation)
            .ConfigureAwait(false);
        return CommandResults.Success(Format($"The run continues at step {response.Progress.Steps:N0}."));
    }

    private static async Task<ExecuteCommandResult> CheckpointAsync(Learner learner, ExecuteCommandContext context)
    {
        var request = new CheckpointRequest();
        var checkpoint = await learner.CheckpointAsync(request, cancellationToken: context.CancellationToken)
            .ConfigureAwait(false);
        return CommandResults.Success(Format($"Checkpoint of step {checkpoint.Steps:N0} in {checkpoint.Directory}."));
    }

    private static async Task<ExecuteCommandResult> StopAsync(Learner learner, ExecuteCommandContext context)
    {
        var response = await learner.StopAsync(new StopRequest(), cancellationToken: context.CancellationToken)
            .ConfigureAwait(false);
        return CommandResults.Success(
            Format($"Stopped after {response.Progress.Steps:N0} steps; Resume continues the run."));
    }

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
