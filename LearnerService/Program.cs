using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.LearnerService;
using DqnAspire.Runs.Folders;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(
    () => Application.Build(args),
    isUserError: e => e is UnknownPresetException or SettingException or RunDirectoryException);
