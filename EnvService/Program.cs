using DqnAspire.EnvService;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddEnvironments();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGrpcService<EnvGrpcService>();
await app.RunAsync();
