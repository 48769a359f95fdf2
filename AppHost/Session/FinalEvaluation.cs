using System.Globalization;
using DqnAspire.Monitoring.Following;
using DqnAspire.AppHost.Supervision;
using DqnAspire.Contracts.Eval.V1;
using Grpc.Core;
using Spectre.Console;
using Progress = DqnAspire.Contracts.Learner.V1.Progress;

namespace DqnAspire.AppHost.Session;

/// <summary>
/// The evaluation at a run's end, as the preset has it, with its progress in the terminal. It begins anew when a
/// service is lost on the way.
/// </summary>
/// <param name="eval">Who plays.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class FinalEvaluation(EvalService.EvalServiceClient eval, TimeProvider clock)
{
    /// <summary>Evaluations that may be lost half-way before the services are given up.</summary>
    private const int MaxLosses = 10;

    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(0.5);

    /// <summary>How long services may stay away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whether the evaluation that goes on has played an episode.</summary>
    private bool _hasPlayed;

    /// <summary>Plays all episodes.</summary>
    /// <param name="run">The run that has ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">The evaluation failed, or services were lost again and again.</exception>
    /// <exception cref="ServiceFailedException">EvalService broke its word.</exception>
    public async Task<Summary> RunAsync(Progress run, CancellationToken cancellationToken)
    {
        var request = ToRequest(run);
        var (losses, lost) = (0, 0L);
        while (true)
        {
            _hasPlayed = false;
            try
            {
                return await ShowAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException e) when (LostCall.Is(e, cancellationToken) && losses < MaxLosses)
            {
                if (_hasPlayed || losses == 0)
                {
                    Console.WriteLine("A service was lost; the evaluation begins anew.");
                    (losses, lost) = (losses + 1, clock.GetTimestamp());
                }
                else if (clock.GetElapsedTime(lost) > Patience)
                {
                    throw;
                }

                await Task.Delay(RetryPause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static EvaluateRequest ToRequest(Progress run)
    {
        var request = new EvaluateRequest
        {
            RunId = run.RunId,
            Episodes = run.FinalEvaluationEpisodes,
            Epsilon = run.FinalEvaluationEpsilon,
            Seed = run.Seed,
        };
        if (run.FinalEvaluationMaxFrames > 0)
        {
            request.MaxFrames = run.FinalEvaluationMaxFrames;
        }

        return request;
    }

    private async Task<Summary> ShowAsync(EvaluateRequest request, CancellationToken cancellationToken)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            Console.WriteLine(Line(request, 0, 0));
            var printed = DateTime.UtcNow;
            return await PlayAsync(request, line =>
            {
                if (DateTime.UtcNow - printed >= LinePeriod)
                {
                    printed = DateTime.UtcNow;
                    Console.WriteLine(line);
                }
            }, cancellationToken).ConfigureAwait(false);
        }

        return await AnsiConsole.Status()
            .StartAsync(Line(request, 0, 0), status => PlayAsync(request, line => status.Status = line, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<Summary> PlayAsync(EvaluateRequest request, Action<string> show, CancellationToken cancellationToken)
    {
        using var call = eval.Evaluate(request, cancellationToken: cancellationToken);
        var (episodes, sum) = (0, 0.0);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (response.ResponseCase == EvaluateResponse.ResponseOneofCase.Summary)
            {
                return response.Summary;
            }

            _hasPlayed = true;
            episodes++;
            sum += response.Episode.EpisodeReturn;
            show(Line(request, episodes, sum / episodes));
        }

        throw new ServiceFailedException("EvalService ended the evaluation without a summary.");
    }

    private static string Line(EvaluateRequest request, int episodes, double mean) => string.Create(
        CultureInfo.InvariantCulture,
        $"evaluation episode {episodes} of {request.Episodes}{(episodes > 0 ? $" mean {mean:0.##}" : "")}");
}
