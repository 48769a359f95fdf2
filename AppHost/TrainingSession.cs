using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;
using Grpc.Net.Client;
using RunDirectoryException = DqnAspire.Agents.Runs.RunDirectoryException;

namespace DqnAspire.AppHost;

/// <summary>
/// One life of the system as its user sees it: everything is started, the run is watched in the terminal, evaluated and
/// reported; then everything stops (<c>--until-done</c>), or goes on until Ctrl-C.
/// </summary>
internal sealed class TrainingSession(
    DistributedApplication app, AppHostOptions options, StopSignals signals, EndpointReference learnerEndpoint, EndpointReference evalEndpoint)
{
    /// <summary>Runs the system.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        var exitCode = await RunUntilStoppedAsync().ConfigureAwait(false);
        try
        {
            await app.StopAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Terminal.Fail("the services did not stop in time and were killed.");
        }

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

        var summary = final.FinalEvaluationEpisodes > 0 && final.State is not RunState.Stopped
            ? await EvaluateAsync(new EvalService.EvalServiceClient(evalChannel), final, cancellationToken).ConfigureAwait(false)
            : null;
        if (summary is not null)
        {
            EvaluationFiles.Write(final.RunDirectory, summary);
        }

        RunReport.PrintResult(final, summary);
        return final.State == RunState.Unsolved ? ExitCode.Unsolved : ExitCode.Success;
    }

    private async Task<Progress> WatchAsync(LearnerService.LearnerServiceClient learner, CancellationToken cancellationToken)
    {
        using var watch = learner.Watch(new WatchRequest(), cancellationToken: cancellationToken);
        Progress? last = null;
        try
        {
            await ProgressDisplay.ShowAsync(Updates(), cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && !cancellationToken.IsCancellationRequested)
        {
            throw new ResourceFailedException($"LearnerService went away after {last?.Steps ?? 0} steps; the run cannot go on.");
        }

        return last ?? throw new ResourceFailedException("LearnerService reported no run.");

        async IAsyncEnumerable<Progress> Updates()
        {
            while (await watch.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                last = watch.ResponseStream.Current;
                yield return last;
            }
        }
    }

    private static async Task<Summary> EvaluateAsync(EvalService.EvalServiceClient eval, Progress run, CancellationToken cancellationToken)
    {
        var request = new EvaluateRequest { RunId = run.RunId, Episodes = run.FinalEvaluationEpisodes, Seed = run.Seed };
        using var call = eval.Evaluate(request, cancellationToken: cancellationToken);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (response.ResponseCase == EvaluateResponse.ResponseOneofCase.Summary)
            {
                return response.Summary;
            }
        }

        throw new ResourceFailedException("EvalService ended the evaluation without a summary.");
    }
}
