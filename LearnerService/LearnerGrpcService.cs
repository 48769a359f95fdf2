using DqnAspire.Agents.Presets;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;
using Google.Protobuf;
using Grpc.Core;
using static DqnAspire.LearnerService.LearnerErrors;

namespace DqnAspire.LearnerService;

/// <summary>
/// The learner over gRPC: validates, asks <see cref="SessionManager"/>, maps to messages. What the libraries throw
/// becomes a status by <see cref="LearnerErrors"/>.
/// </summary>
public sealed class LearnerGrpcService(SessionManager runs, RunCatalog catalog, PresetCatalog presets)
    : Contracts.Learner.V1.LearnerService.LearnerServiceBase
{
    private const int ChunkBytes = 1 << 20;
    private const int MaxCompared = 1000;
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc/>
    public override Task<ListPresetsResponse> ListPresets(ListPresetsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListPresetsResponse
        {
            DefaultPreset = PresetCatalog.DefaultName,
            Presets = { presets.All.Select(RunMessages.ToMessage) },
        });

    /// <inheritdoc/>
    public override Task<StartResponse> Start(StartRequest request, ServerCallContext context)
    {
        if (request.ResumeCase == StartRequest.ResumeOneofCase.None)
        {
            var preset = request.Preset.Length > 0 ? request.Preset : PresetCatalog.DefaultName;
            return Task.FromResult(new StartResponse { RunId = runs.Start(preset, request.Settings).Id });
        }

        var folder = request.ResumeCase == StartRequest.ResumeOneofCase.ResumeRunDirectory
            ? request.ResumeRunDirectory
            : Find(catalog.List(), "resume_run_id", request.ResumeRunId).Folder;
        return Task.FromResult(new StartResponse { RunId = runs.Resume(folder, request.Settings, request.Preset).Id });
    }

    /// <inheritdoc/>
    public override async Task<StopResponse> Stop(StopRequest request, ServerCallContext context)
    {
        var run = Find(request.RunId);
        run.RequestStop();
        await run.Ended.WaitAsync(context.CancellationToken);
        return new StopResponse { Progress = RunMessages.ToMessage(run) };
    }

    /// <inheritdoc/>
    public override Task<PauseResponse> Pause(PauseRequest request, ServerCallContext context)
    {
        var run = Find(request.RunId);
        run.Pause();
        return Task.FromResult(new PauseResponse { Progress = RunMessages.ToMessage(run) });
    }

    /// <inheritdoc/>
    public override Task<ResumeResponse> Resume(ResumeRequest request, ServerCallContext context)
    {
        var run = Find(request.RunId);
        run.Control.Resume();
        return Task.FromResult(new ResumeResponse { Progress = RunMessages.ToMessage(run) });
    }

    /// <inheritdoc/>
    public override async Task<CheckpointResponse> Checkpoint(CheckpointRequest request, ServerCallContext context)
    {
        var run = Find(request.RunId);
        var steps = await run.CheckpointAsync(context.CancellationToken);
        return new CheckpointResponse { Steps = steps, Directory = RunLayout.CheckpointFolder(run.Folder, steps) };
    }

    /// <inheritdoc/>
    public override Task<ChangeResponse> Change(ChangeRequest request, ServerCallContext context)
    {
        var run = Find(request.RunId);
        if (request.Settings.Count == 0)
        {
            throw Error(StatusCode.InvalidArgument, "settings: at least one setting is needed.");
        }

        run.Change(request.Settings.AsReadOnly());
        return Task.FromResult(new ChangeResponse { Progress = RunMessages.ToMessage(run) });
    }

    /// <inheritdoc/>
    public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        var response = new ListRunsResponse();
        foreach (var run in catalog.List())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            response.Runs.Add(ToMessage(run));
        }

        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<CompareRunsResponse> CompareRuns(CompareRunsRequest request, ServerCallContext context)
    {
        if (request.RunIds.Count is 0 or > MaxCompared)
        {
            throw Error(
                StatusCode.InvalidArgument,
                $"run_ids: {request.RunIds.Count} runs, where 1 to {MaxCompared} can be compared.");
        }

        var all = catalog.List();
        var response = new CompareRunsResponse();
        foreach (var id in request.RunIds)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            response.Runs.Add(ToMessage(Find(all, "run_ids", id)));
        }

        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task Watch(
        WatchRequest request, IServerStreamWriter<Progress> responseStream, ServerCallContext context)
    {
        if (!double.IsFinite(request.PeriodSeconds) || request.PeriodSeconds is < 0 or > 3600)
        {
            throw Error(
                StatusCode.InvalidArgument,
                $"period_seconds: {request.PeriodSeconds} is not a number of seconds from 0 to 3600.");
        }

        var period = request.PeriodSeconds > 0 ? TimeSpan.FromSeconds(request.PeriodSeconds) : DefaultPeriod;
        var run = request.RunId.Length > 0 ? Find(request.RunId) : await runs.FirstAsync(context.CancellationToken);
        while (!run.Ended.IsCompleted)
        {
            var changed = run.StateChanged;
            await responseStream.WriteAsync(RunMessages.ToMessage(run), context.CancellationToken);
            await Task.WhenAny(run.Ended, changed, Task.Delay(period, context.CancellationToken));
            context.CancellationToken.ThrowIfCancellationRequested();
        }

        await responseStream.WriteAsync(RunMessages.ToMessage(run), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task Parameters(
        ParametersRequest request, IServerStreamWriter<ParametersResponse> responseStream, ServerCallContext context)
    {
        if (!Enum.IsDefined(request.Selection))
        {
            throw Error(StatusCode.InvalidArgument, $"selection: {(int)request.Selection} is no selection.");
        }

        var run = Find(request.RunId);
        var best = request.Selection == ParameterSelection.Best;
        var parameters = run.Parameters.Get(best)
            ?? throw Error(StatusCode.FailedPrecondition, $"Run {run.Id} has published no parameters yet.");
        while (true)
        {
            await WriteAsync(run, parameters, responseStream, context.CancellationToken);
            if (!request.Follow || await run.Parameters.NextAsync(
                best, parameters.Version, context.CancellationToken) is not { } next)
            {
                return;
            }

            parameters = next;
        }
    }

    private static async Task WriteAsync(
        RunSession run,
        PublishedParameters parameters,
        IServerStreamWriter<ParametersResponse> responseStream,
        CancellationToken cancellationToken)
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
            await responseStream.WriteAsync(
                new ParametersResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, cancellationToken);
        }
    }

    private RunSummary ToMessage((string Folder, RunFile File) run) =>
        RunMessages.ToMessage(run.Folder, run.File, runs.Current);

    private static (string Folder, RunFile File) Find(
        IReadOnlyList<(string Folder, RunFile File)> all, string field, string runId) =>
        all.FirstOrDefault(run => run.File.RunId == runId) is { File: not null } found
            ? found
            : throw Error(StatusCode.NotFound, $"{field}: there is no run '{runId}'; ListRuns lists them.");

    private RunSession Find(string runId) => runId.Length > 0
        ? runs.Find(runId) ?? throw Error(StatusCode.NotFound, $"run_id: there is no run '{runId}' here.")
        : runs.Current ?? throw Error(StatusCode.FailedPrecondition, "No run has been started.");
}
