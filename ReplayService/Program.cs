using DqnAspire.ReplayService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ServiceEndpoints.Replay, maxReceiveMessageBytes: 64 << 20);
    builder.Services.AddOptions<ReplayOptions>().BindConfiguration("Replay").ValidateDataAnnotations().ValidateOnStart();
    builder.Services.AddSingleton<ReplayMetrics>();
    builder.Services.AddSingleton<TableRegistry>();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapGrpcService<ReplayGrpcService>();
    return app;
});
