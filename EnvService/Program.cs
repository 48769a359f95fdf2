using DqnAspire.EnvService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() => Application.Build(args));
