using System.Globalization;
using System.Runtime.CompilerServices;
using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Hosting;
using DqnAspire.AppHost.Supervision;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Monitoring;
using DqnAspire.Monitoring.Display;
using DqnAspire.Monitoring.Following;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RunDirectory = DqnAspire.Runs.RunDirectory;
using RunDirectoryException = DqnAspire.Runs.RunDirectoryException;

namespace DqnAspire.AppHost.Session;

/// <summary>
/// One life of the system as its user sees it: everything is started, the run is watched in the terminal, evaluated and
/// reported; then everything stops (<c>--until-done</c>), or stays up until Ctrl-C.
/// </summary>
/// <param name="app">The system.</param>
/// <param name="model">The resources of the app.</param>
/// <param name="options">What the user asked for.</param>
/// <param name="plan">The run.</param>
/// <param name="signals">Ctrl-C and SIGTERM.</param>
/// <param name="log">Path of the system's log.</param>
internal sealed class TrainingSession(
    DistributedApplication app, SystemModel model, AppHostOptions options, TrainingPlan plan, StopSignals signals, string log)
{
    /// <summary>How long a learner whose process lives may be silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long the run may take for its last step and checkpoint, files of gigabytes included.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly ServiceSupervisor _supervisor = app.Services.GetRequiredService<ServiceSupervisor>();
    private readonly TimeProvider _clock = app.Services.GetRequiredService<TimeProvider>();

    /// <summary>
    /// False when the host itself could not start: there is nothing to stop or to dispose of, and both would wait for
    /// it.
    /// </summary>
    public bool IsStarted { get; private set; } = true;

    /// <summary>Runs the system.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        if (plan.Recorded is { } recorded)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Resuming run {recorded.RunId}: {recorded.Preset}, seed {recorded.Seed}, {recorded.Steps:N0} steps and {recorded.Episodes:N0} episodes so far, files in {plan.Directory}"));
        }

        var exitCode = await RunUntilStoppedAsync().ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
        TellHowToResume();
        return signals.ExitCode ?? exitCode;
    }

    private async Task<int> RunUntilStoppedAsync()
    {
        // A host that is stopped from elsewhere, the Aspire CLI for one, ends the session as a signal does.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            signals.Token, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await _supervisor.GuardAsync(StartAsync(stop.Token)).ConfigureAwait(false);
            return await _supervisor.GuardAsync(FollowAsync(stop.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (RpcException e)
        {
            return stop.IsCancellationRequested ? ExitCodes.Interrupted : Terminal.Fail($"{e.StatusCode}: {e.Status.Detail}", log);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whatever it is, its user gets one line; the log has the rest.
            app.Services.GetRequiredService<ILoggerFactory>().LogFailure(e);
            return Terminal.Fail(PortCheck.Advise(e.Message), log);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            IsStarted = false;
            throw;
        }
    }

    /// <summary>Shows the run to its end, and with it everything that comes after.</summary>
    private async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        using var learnerChannel = ServiceChannels.Create(await model.LearnerAddressAsync(cancellationToken).ConfigureAwait(false));
        using var evalChannel = ServiceChannels.Create(await model.EvalAddressAsync(cancellationToken).ConfigureAwait(false));
        var follower = new ProgressFollower(new LearnerService.LearnerServiceClient(learnerChannel), _clock);
        var display = new ProgressDisplay(update => Notices.Of(update, IsLearnerStopped));
        while (true)
        {
            Progress? final = null;
            await display.ShowAsync(UntilEndAsync(follower, ended => final = ended, cancellationToken), cancellationToken).ConfigureAwait(false);
            var exitCode = await FinishAsync(final!, new EvalService.EvalServiceClient(evalChannel), cancellationToken).ConfigureAwait(false);
            if (options.UntilDone)
            {
                return exitCode;
            }

            Console.WriteLine("The services stay up; Ctrl-C stops them.");
            await NextRunAsync(follower, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsLearnerStopped => _supervisor.IsStopped(model.Learner);

    /// <summary>
    /// The updates of a run to its end. A learner that is stopped and started again, or crashes, continues the run.
    /// </summary>
    private async IAsyncEnumerable<ProgressUpdate> UntilEndAsync(
        ProgressFollower follower, Action<Progress> ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in follower.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update.Silence > Patience && !IsLearnerStopped)
            {
                throw new ServiceFailedException($"LearnerService has not answered for {Patience.TotalSeconds:0} s.");
            }

            yield return update;
            if (update is { HasEnded: true, Progress: { StopsWithService: false } progress })
            {
                ended(progress);
                yield break;
            }
        }
    }

    /// <summary>Waits for a run that somebody starts or resumes at the learner.</summary>
    private static async Task NextRunAsync(ProgressFollower follower, CancellationToken cancellationToken)
    {
        await foreach (var update in follower.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update is { HasEnded: false, Progress: not null })
            {
                return;
            }
        }
    }

    private async Task<int> FinishAsync(Progress final, EvalService.EvalServiceClient eval, CancellationToken cancellationToken)
    {
        if (final.State is RunState.Failed)
        {
            return Terminal.Fail(final.Error, log);
        }

        var summary = final.FinalEvaluationEpisodes > 0 && final.State is not RunState.Stopped
            ? await new FinalEvaluation(eval, _clock).RunAsync(final, cancellationToken).ConfigureAwait(false)
            : null;
        if (summary is not null)
        {
            EvaluationFiles.Write(final.RunDirectory, summary);
        }

        foreach (var line in ProgressText.Result(final, summary))
        {
            Console.WriteLine(line);
        }

        return final.State == RunState.Unsolved ? ExitCodes.Unsolved : ExitCodes.Success;
    }

    /// <summary>
    /// Stops the run, which writes its checkpoint, and then the services; the orchestrator alone would leave it six
    /// seconds.
    /// </summary>
    private async Task StopAsync()
    {
        if (!IsStarted)
        {
            return;
        }

        if (signals.ExitCode is not null)
        {
            Console.WriteLine("Stopping; the run writes its checkpoint. (Ctrl-C again ends at once.)");
        }

        try
        {
            await StopRunAsync().ConfigureAwait(false);
            await app.StopAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException or InvalidOperationException)
        {
            app.Services.GetRequiredService<ILoggerFactory>().LogFailure(e);
        }
    }

    private async Task StopRunAsync()
    {
        if (model.AllocatedLearnerAddress is not { } address || IsLearnerStopped)
        {
            return;
        }

        using var channel = ServiceChannels.Create(address);
        try
        {
            await new LearnerService.LearnerServiceClient(channel)
                .StopAsync(new StopRequest(), deadline: _clock.GetUtcNow().UtcDateTime + StopLimit).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // No run, or no learner: nothing to keep that is not on disk.
        }
    }

    /// <summary>After Ctrl-C: the run may be half done, and none of it is lost.</summary>
    private void TellHowToResume()
    {
        try
        {
            if (signals.ExitCode is not null && RunDirectory.IsRun(plan.Directory) && RunDirectory.ReadFile(plan.Directory) is { State: Agents.Training.RunState.Stopped } file)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The run was stopped after {file.Steps:N0} steps. To resume it: {plan.ResumeCommand}"));
            }
        }
        catch (RunDirectoryException)
        {
            // What is wrong with the folder was told by whoever wrote there.
        }
    }
}
