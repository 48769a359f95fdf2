using DqnAspire.ReplayService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() => Application.Build(args));
