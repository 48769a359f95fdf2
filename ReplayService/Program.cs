using DqnAspire.Replay.Storage;
using DqnAspire.ReplayService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() => Application.Build(args), e => e is ReplayStoreException);
