using System.Runtime.InteropServices;
using Aspire.Hosting.Orchestration;

var platform = ProcessPlatform.Create();
platform.TakeCharge();

var supervisor = new Supervisor(new FrameChannel(Console.OpenStandardInput(), Console.OpenStandardOutput()), platform);

// A signal meant for the whole terminal is the host's business; being told to end means to end everything.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => supervisor.EndAll());

supervisor.Run();
