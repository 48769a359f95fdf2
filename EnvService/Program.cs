using DqnAspire.Core.Plugins;
using DqnAspire.EnvService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() => Application.Build(args), exception => exception is PluginException);
