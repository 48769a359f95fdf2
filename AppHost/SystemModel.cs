using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Redis;
using DqnAspire.AppHost.Services;
using DqnAspire.AppHost.Session;
using DqnAspire.AppHost.Training;

namespace DqnAspire.AppHost;

/// <summary>The system as a diagram: a run, and the four services that work on it.</summary>
internal sealed class SystemModel
{
    private readonly IResourceBuilder<ProjectResource> _learner;

    /// <summary>Adds every resource.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="plan">The run; null when the model is published rather than run.</param>
    /// <param name="redis">Where experience is kept; null: in files.</param>
    public SystemModel(
        IDistributedApplicationBuilder builder, AppHostOptions options, TrainingPlan? plan, RedisChoice? redis)
    {
        var training = builder.AddTraining("training");

        var env = training.AddService<Projects.EnvService>("env", "Games", options.PortOffset);

        var replay = training.AddService<Projects.ReplayService>("replay", "Database", options.PortOffset)
            .WithExperienceOf(plan);
        if (redis is not null)
        {
            replay.WithRedis(builder.AddRedis(redis));
        }

        // The learner leads: it plays at env, keeps its experience in replay, and waits for both itself.
        _learner = training.AddService<Projects.LearnerService>("learner", "BrainCircuit", options.PortOffset)
            .WithReference(env)
            .WithReference(replay)
            .WithRun(plan, options);

        // Eval plays what the learner has learnt.
        var eval = training.AddService<Projects.EvalService>("eval", "Trophy", options.PortOffset)
            .WithReference(env)
            .WithReference(_learner)
            .WithRunsIn(Path.GetDirectoryName(plan?.Directory));
        // The learner asks for that when training has ended.
        _learner.WithReference(eval);

        training.RunsOn(_learner, eval);
    }

    /// <summary>The ports that the system's own processes will listen on, and what each is for.</summary>
    public static IEnumerable<(string Use, int Port)> Ports(IDistributedApplicationBuilder builder) =>
        from resource in builder.Resources
        from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
        let port = endpoint.Port ?? 0
        where port > 0
        select ($"{resource.Name}, {endpoint.Name}", port);

    /// <summary>Name of the learner's resource.</summary>
    public string Learner => _learner.Resource.Name;

    /// <summary>The learner's gRPC address; null before it is known.</summary>
    public string? AllocatedLearnerAddress =>
        _learner.GetEndpoint("grpc") is { IsAllocated: true } endpoint ? endpoint.Url : null;

    /// <summary>Waits for the learner's gRPC address.</summary>
    public Task<string> LearnerAddressAsync(CancellationToken cancellationToken) =>
        AddressAsync(_learner, cancellationToken);

    private static async Task<string> AddressAsync(
        IResourceBuilder<ProjectResource> service, CancellationToken cancellationToken) =>
        (await service.GetEndpoint("grpc").GetValueAsync(cancellationToken).ConfigureAwait(false))!;
}
