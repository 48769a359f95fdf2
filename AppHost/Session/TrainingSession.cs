using System.Runtime.CompilerServices;
using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Hosting;
using DqnAspire.AppHost.Supervision;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Monitoring;
using DqnAspire.Monitoring.Display;
using DqnAspire.Monitoring.Following;
using DqnAspire.Runs.Folders;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RunState = DqnAspire.Agents.Training.RunState;

namespace DqnAspire.AppHost.Session;

/// <summary>
/// One start of the system as its user sees it: everything is started, the run is shown in the terminal to its end;
/// then everything stops (<c>--until-done</c>), or stays up until Ctrl-C.
/// </summary>
/// <param name="app">The system.</param>
/// <param name="model">The resources of the app.</param>
/// <param name="options">What the user asked for.</param>
/// <param name="plan">The run.</param>
/// <param name="signals">Ctrl-C and SIGTERM.</param>
/// <param name="log">Path of the system's log.</param>
internal sealed class TrainingSession(
    DistributedApplication app,
    SystemModel model,
    AppHostOptions options,
    TrainingPlan plan,
    StopSignals signals,
    string log)
{
    /// <summary>How long a learner whose process lives may be silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long the run may take for its last step and checkpoint, files of gigabytes included.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly ServiceSupervisor _supervisor = app.Services.GetRequiredService<ServiceSupervisor>();
    private readonly StartWatch _start = new(
        app.Services.GetRequiredService<TimeProvider>(), Console.WriteLine);
    private readonly TimeProvider _clock = app.Services.GetRequiredService<TimeProvider>();

    /// <summary>
    /// False when the host itself could not start: there is nothing to stop or to dispose of, and both would wait for
    /// it.
    /// </summary>
    public bool IsStarted { get; private set; } = true;

    private bool IsLearnerStopped => _supervisor.IsStopped(model.Learner);

    /// <summary>Runs the system.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        if (plan.Recorded is { } recorded)
        {
            Console.WriteLine(ProgressText.Resuming(recorded, plan.Directory));
        }

        var exitCode = await RunUntilStoppedAsync().ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
        SayHowToResume();
        return signals.ExitCode ?? exitCode;
    }

    private async Task<int> RunUntilStoppedAsync()
    {
        // A host that is stopped from elsewhere, by the Aspire CLI for example, ends the session as a signal does.
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
            return stop.IsCancellationRequested
                ? ExitCodes.Interrupted
                : Terminal.Fail($"{e.StatusCode}: {e.Status.Detail}", log);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Every failure is one line for the user; the log has the details.
            app.Services.GetRequiredService<ILoggerFactory>().LogFailure(e);
            return Terminal.Fail(PortCheck.Advise(e.Message), log);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _start.WaitAsync(app.StartAsync(cancellationToken), "Aspire's orchestrator").ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            IsStarted = false;
            throw;
        }
    }

    /// <summary>Shows the run to its end, and every run after it.</summary>
    private async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        var address = await _start.WaitAsync(model.LearnerAddressAsync(cancellationToken), "the learner's address")
            .ConfigureAwait(false);
        using var channel = ServiceChannels.Create(address);
        var follower = new ProgressFollower(new LearnerService.LearnerServiceClient(channel), _clock);
        var display = new ProgressDisplay("Starting the services ...", update => Notices.Of(update, IsLearnerStopped));
        while (true)
        {
            TrainingStatus? final = null;
            var updates = UntilEndAsync(follower, ended => final = ended, cancellationToken);
            await display.ShowAsync(updates, cancellationToken).ConfigureAwait(false);
            var exitCode = ShowEnd(final!);
            if (options.UntilDone)
            {
                return exitCode;
            }

            Console.WriteLine("The services stay up; Ctrl-C stops them.");
            await NextRunAsync(follower, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The updates of a run to its end. A learner that is stopped and started again, or crashes, continues the run.
    /// </summary>
    private async IAsyncEnumerable<ProgressUpdate> UntilEndAsync(
        ProgressFollower follower,
        Action<TrainingStatus> ended,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in follower.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update.Silence > Patience && !IsLearnerStopped)
            {
                throw new ServiceFailedException($"LearnerService has not answered for {Patience.TotalSeconds:0} s.");
            }

            yield return update;
            if (update.Status is { HasEnded: true, StopsWithProcess: false } status)
            {
                ended(status);
                yield break;
            }
        }
    }

    /// <summary>Waits for a run that somebody starts or resumes at the learner.</summary>
    private static async Task NextRunAsync(ProgressFollower follower, CancellationToken cancellationToken)
    {
        await foreach (var update in follower.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update.Status is { HasEnded: false })
            {
                return;
            }
        }
    }

    private int ShowEnd(TrainingStatus final)
    {
        if (final.Progress.State == RunState.Failed)
        {
            return Terminal.Fail(final.Error, log);
        }

        foreach (var line in ProgressText.Result(final, "by EvalService"))
        {
            Console.WriteLine(line);
        }

        return final.Progress.State == RunState.Unsolved ? ExitCodes.Unsolved : ExitCodes.Success;
    }

    /// <summary>
    /// Stops the run, which writes its checkpoint, and then the services; the orchestrator alone would allow it six
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
            var deadline = _clock.GetUtcNow().UtcDateTime + StopLimit;
            await new LearnerService.LearnerServiceClient(channel)
                .StopAsync(new StopRequest(), deadline: deadline).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // There is no run, or no learner: everything worth keeping is on disk.
        }
    }

    /// <summary>After Ctrl-C, says how to resume a run that has not ended.</summary>
    private void SayHowToResume()
    {
        try
        {
            if (signals.ExitCode is not null
                && RunDirectory.IsRun(plan.Directory)
                && RunDirectory.ReadFile(plan.Directory) is { State: RunState.Stopped } file)
            {
                Console.WriteLine(ProgressText.Stopped(file.Steps, plan.ResumeCommand));
            }
        }
        catch (RunDirectoryException)
        {
            // What is wrong with the folder was reported when it was written.
        }
    }
}
