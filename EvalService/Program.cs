using DqnAspire.EvalService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() => Application.Build(args));
