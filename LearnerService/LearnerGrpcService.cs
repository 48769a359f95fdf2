using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.Contracts.Learner.V1;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.LearnerService;

/// <summary>The learner over gRPC: validates, asks <see cref="RunManager"/>, maps to messages.</summary>
public sealed class LearnerGrpcService(RunManager runs) : Contracts.Learner.V1.LearnerService.LearnerServiceBase
{
    private const int ChunkBytes = 1 << 20;
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc/>
    public override Task<ListPresetsResponse> ListPresets(ListPresetsRequest request, ServerCallContext context)
    {
        var response = new ListPresetsResponse { DefaultPreset = PresetCatalog.Default };
        foreach (var preset in PresetCatalog.All)
        {
            var settings = preset.CreateSettings();
            var message = new Contracts.Learner.V1.Preset
            {
                Name = preset.Name,
                Description = preset.Description,
                EnvironmentId = settings.Environment.Id,
            };
            message.Settings.AddRange(SettingsEditor.List(settings).Select(s => new Setting
            {
                Name = s.Name,
                Value = s.Value,
                Description = s.Description,
                Range = s.Range,
            }));
            response.Presets.Add(message);
        }

        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<StartResponse> Start(StartRequest request, ServerCallContext context)
    {
        try
        {
            var preset = request.Preset.Length > 0 ? request.Preset : PresetCatalog.Default;
            return Task.FromResult(new StartResponse { RunId = runs.Start(preset, request.Settings, directory: "").Id });
        }
        catch (UnknownPresetException e)
        {
            throw Error(StatusCode.NotFound, $"preset: {e.Message}");
        }
        catch (SettingException e)
        {
            throw Error(StatusCode.InvalidArgument, $"settings: {e.Message}");
        }
        catch (Exception e) when (e is RunInProgressException or RunDirectoryException)
        {
            throw Error(StatusCode.FailedPrecondition, e.Message);
        }
    }

    /// <inheritdoc/>
    public override async Task<StopResponse> Stop(StopRequest request, ServerCallContext context)
    {
        var run = Find(request.RunId);
        run.RequestStop();
        await run.Ended.WaitAsync(context.CancellationToken);
        return new StopResponse { Progress = ToMessage(run) };
    }

    /// <inheritdoc/>
    public override async Task Watch(WatchRequest request, IServerStreamWriter<Progress> responseStream, ServerCallContext context)
    {
        if (!double.IsFinite(request.PeriodSeconds) || request.PeriodSeconds is < 0 or > 3600)
        {
            throw Error(StatusCode.InvalidArgument, $"period_seconds: {request.PeriodSeconds} is not a number of seconds from 0 to 3600.");
        }

        var period = request.PeriodSeconds > 0 ? TimeSpan.FromSeconds(request.PeriodSeconds) : DefaultPeriod;
        var run = request.RunId.Length > 0 ? Find(request.RunId) : await runs.FirstAsync(context.CancellationToken);
        while (!run.Ended.IsCompleted)
        {
            await responseStream.WriteAsync(ToMessage(run), context.CancellationToken);
            await Task.WhenAny(run.Ended, Task.Delay(period, context.CancellationToken));
            context.CancellationToken.ThrowIfCancellationRequested();
        }

        await responseStream.WriteAsync(ToMessage(run), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task Parameters(
        ParametersRequest request, IServerStreamWriter<ParametersResponse> responseStream, ServerCallContext context)
    {
        var run = Find(request.RunId);
        var best = request.Selection == ParameterSelection.Best;
        var parameters = run.Parameters.Get(best)
            ?? throw Error(StatusCode.FailedPrecondition, $"Run {run.Id} has published no parameters yet.");
        while (true)
        {
            await WriteAsync(run, parameters, responseStream, context.CancellationToken);
            if (!request.Follow || await run.Parameters.NextAsync(best, parameters.Version, context.CancellationToken) is not { } next)
            {
                return;
            }

            parameters = next;
        }
    }

    private static async Task WriteAsync(
        Run run, PublishedParameters parameters, IServerStreamWriter<ParametersResponse> responseStream, CancellationToken cancellationToken)
    {
        var header = new ParametersHeader
        {
            RunId = run.Id,
            Version = parameters.Version,
            Steps = parameters.Steps,
            Size = parameters.File.Length,
            Architecture = parameters.Architecture,
            EnvironmentId = run.Settings.Environment.Id,
        };
        foreach (var (name, value) in run.Settings.Environment.Options)
        {
            header.EnvironmentOptions.Add(name, value);
        }

        await responseStream.WriteAsync(new ParametersResponse { Header = header }, cancellationToken);
        for (var offset = 0; offset < parameters.File.Length; offset += ChunkBytes)
        {
            var chunk = parameters.File.Slice(offset, Math.Min(ChunkBytes, parameters.File.Length - offset));
            await responseStream.WriteAsync(new ParametersResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, cancellationToken);
        }
    }

    private Run Find(string runId) => runId.Length > 0
        ? runs.Find(runId) ?? throw Error(StatusCode.NotFound, $"run_id: there is no run '{runId}' here.")
        : runs.Current ?? throw Error(StatusCode.FailedPrecondition, "No run has been started.");

    private static Progress ToMessage(Run run)
    {
        var progress = run.Progress;
        var message = new Progress
        {
            RunId = run.Id,
            Preset = run.Settings.Preset,
            Seed = run.Settings.Run.Seed,
            EnvironmentId = run.Settings.Environment.Id,
            RunDirectory = run.DirectoryPath,
            State = (Contracts.Learner.V1.RunState)progress.State,
            Steps = progress.Steps,
            MaxSteps = progress.MaxSteps,
            Episodes = progress.Episodes,
            MaxEpisodes = progress.MaxEpisodes,
            Updates = progress.Updates,
            Epsilon = progress.Epsilon,
            StepsPerSecond = progress.StepsPerSecond,
            UpdatesPerSecond = progress.UpdatesPerSecond,
            Seconds = progress.Elapsed.TotalSeconds,
            ParameterVersion = run.Parameters.Latest?.Version ?? 0,
            Error = run.Error,
            Summary = progress.Summary,
            FinalEvaluationEpisodes = run.Settings.Run.FinalEvaluationEpisodes,
        };
        // An absent number stays absent: protobuf's optional fields have no null to assign.
        if (progress.LastReturn is { } lastReturn)
        {
            message.LastReturn = lastReturn;
        }

        if (progress.LastLength is { } lastLength)
        {
            message.LastLength = lastLength;
        }

        if (progress.MeanReturn100 is { } mean)
        {
            message.MeanReturn100 = mean;
        }

        if (progress.Loss is { } loss)
        {
            message.Loss = loss;
        }

        if (progress.ValidationReturn is { } validation)
        {
            message.ValidationReturn = validation;
        }

        if (progress.BestValidationReturn is { } best)
        {
            message.BestValidationReturn = best;
        }

        if (progress.GoalReturn is { } goal)
        {
            message.GoalReturn = goal;
        }

        return message;
    }

    private static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));
}
