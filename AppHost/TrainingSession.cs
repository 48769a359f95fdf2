using System.Globalization;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;
using Grpc.Net.Client;
using RunDirectory = DqnAspire.Agents.Runs.RunDirectory;
using RunDirectoryException = DqnAspire.Agents.Runs.RunDirectoryException;

namespace DqnAspire.AppHost;

/// <summary>
/// One life of the system as its user sees it: everything is started, the run is watched in the terminal, evaluated and
/// reported; then everything stops (<c>--until-done</c>), or goes on until Ctrl-C.
/// </summary>
internal sealed class TrainingSession(
    DistributedApplication app, AppHostOptions options, RunPlan plan, StopSignals signals, EndpointReference learnerEndpoint, EndpointReference evalEndpoint)
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(0.2);

    /// <summary>Runs the system.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        if (plan.Recorded is { } recorded)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Going on with run {recorded.RunId}: {recorded.Preset}, seed {recorded.Seed}, {recorded.Steps:N0} steps and {recorded.Episodes:N0} episodes so far, files in {plan.Directory}"));
        }

        var exitCode = await RunUntilStoppedAsync().ConfigureAwait(false);
        try
        {
            await app.StopAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Terminal.Fail("the services did not stop in time and were killed.");
        }

        TellHowToGoOn();
        return signals.ExitCode ?? exitCode;
    }

    private async Task<int> RunUntilStoppedAsync()
    {
        try
        {
            using var failures = new ResourceFailures(app, signals.Token);
            await failures.GuardAsync(app.StartAsync(signals.Token)).ConfigureAwait(false);
            await failures.GuardAsync(app.ResourceNotifications.WaitForResourceHealthyAsync("eval", signals.Token)).ConfigureAwait(false);
            await failures.GuardAsync(app.ResourceNotifications.WaitForResourceHealthyAsync("learner", signals.Token)).ConfigureAwait(false);
            var exitCode = await failures.GuardAsync(TrainAsync(signals.Token)).ConfigureAwait(false);
            if (!options.UntilDone)
            {
                Console.WriteLine("The services go on; Ctrl-C stops them.");
                await failures.GuardAsync(Task.Delay(Timeout.Infinite, signals.Token)).ConfigureAwait(false);
            }

            return exitCode;
        }
        catch (OperationCanceledException)
        {
            // The host hears of a signal too, and may be the first to act on it.
            return ExitCode.Interrupted;
        }
        catch (RpcException e)
        {
            return signals.Token.IsCancellationRequested ? ExitCode.Success : Terminal.Fail($"{e.StatusCode}: {e.Status.Detail}");
        }
        catch (Exception e) when (e is ResourceFailedException or DistributedApplicationException or InvalidOperationException or IOException or RunDirectoryException)
        {
            return Terminal.Fail(e.Message);
        }
    }

    private async Task<int> TrainAsync(CancellationToken cancellationToken)
    {
        using var learnerChannel = GrpcChannel.ForAddress(learnerEndpoint.Url);
        using var evalChannel = GrpcChannel.ForAddress(evalEndpoint.Url);
        var final = await WatchAsync(new LearnerService.LearnerServiceClient(learnerChannel), cancellationToken).ConfigureAwait(false);
        if (final.State is RunState.Failed)
        {
            return Terminal.Fail(final.Error);
        }

        // EvalService has the policy from the learner, and plays at env.
        var evaluation = new FinalEvaluation(new EvalService.EvalServiceClient(evalChannel), token => WhenBackAsync(["env", "learner", "eval"], token));
        var summary = final.FinalEvaluationEpisodes > 0 && final.State is not RunState.Stopped
            ? await evaluation.RunAsync(final, cancellationToken).ConfigureAwait(false)
            : null;
        if (summary is not null)
        {
            EvaluationFiles.Write(final.RunDirectory, summary);
        }

        RunReport.PrintResult(final, summary);
        return final.State == RunState.Unsolved ? ExitCode.Unsolved : ExitCode.Success;
    }

    /// <summary>Shows the run to its end; a learner that is started again goes on with it and is watched again.</summary>
    private async Task<Progress> WatchAsync(LearnerService.LearnerServiceClient learner, CancellationToken cancellationToken)
    {
        Progress? last = null;
        await ProgressDisplay.ShowAsync(Updates(), cancellationToken).ConfigureAwait(false);
        return last ?? throw new ResourceFailedException("LearnerService reported no run.");

        async IAsyncEnumerable<Progress> Updates()
        {
            // Until the end of the run; a learner that is given up ends the session from outside.
            while (last is not { State: RunState.Solved or RunState.Unsolved or RunState.Stopped or RunState.Failed })
            {
                using var watch = learner.Watch(new WatchRequest(), cancellationToken: cancellationToken);
                while (await NextAsync(watch.ResponseStream, cancellationToken).ConfigureAwait(false) is { } progress)
                {
                    last = progress;
                    yield return progress;
                }
            }
        }
    }

    /// <summary>The next message; null at the end, and when the learner went away: then it is back when this returns.</summary>
    private async Task<Progress?> NextAsync(IAsyncStreamReader<Progress> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken).ConfigureAwait(false) ? stream.Current : null;
        }
        catch (RpcException e) when (LostService.Ended(e, cancellationToken))
        {
            await WhenBackAsync(["learner"], cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Completes when services are there again, some time after one of them went away; what stays away ends the session from outside.</summary>
    private async Task WhenBackAsync(string[] services, CancellationToken cancellationToken)
    {
        await Task.Delay(RestartPause, cancellationToken).ConfigureAwait(false);
        foreach (var service in services)
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(service, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>After Ctrl-C: the run may be half done, and none of it is lost.</summary>
    private void TellHowToGoOn()
    {
        try
        {
            if (signals.ExitCode is not null && RunDirectory.IsRun(plan.Directory) && RunDirectory.ReadFile(plan.Directory) is { State: Agents.Runs.RunState.Stopped } file)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The run was stopped after {file.Steps:N0} steps. To go on with it: {plan.ResumeCommand}"));
            }
        }
        catch (RunDirectoryException)
        {
            // What is wrong with the folder was told by whoever wrote there.
        }
    }
}
