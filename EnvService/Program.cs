using DqnAspire.EnvService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ServiceEndpoints.Env);
    builder.AddEnvironments();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapGrpcService<EnvGrpcService>();
    return app;
});
