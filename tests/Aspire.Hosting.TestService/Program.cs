using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

// Each argument is one thing to do, in order; without an end of its own the program waits for SIGTERM.
var healthy = true;
var stopping = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stopping.TrySetResult();
});
var ignoreStop = false;
Console.WriteLine($"started {Environment.ProcessId}");
foreach (var argument in args)
{
    var (command, value) = argument.Split('=', 2) is [var name, var rest] ? (name, rest) : (argument, string.Empty);
    switch (command)
    {
        case "env":
            foreach (var variable in value.Split(','))
            {
                Console.WriteLine($"{variable}={Environment.GetEnvironmentVariable(variable) ?? "(none)"}");
            }

            break;
        case "say":
            Console.WriteLine(value);
            break;
        case "complain":
            Console.Error.WriteLine(value);
            break;
        case "http":
            Serve(int.Parse(Environment.GetEnvironmentVariable(value)!, CultureInfo.InvariantCulture));
            break;
        case "unhealthy-until-file":
            healthy = false;
            _ = Task.Run(async () =>
            {
                while (!File.Exists(value))
                {
                    await Task.Delay(10);
                }

                healthy = true;
            });
            break;
        case "exit":
            return int.Parse(value, CultureInfo.InvariantCulture);
        case "exit-first":
            // Fails as often as the file is too short, so that a restart succeeds in the end.
            var (file, times) = value.Split('|') is [var path, var count] ? (path, int.Parse(count, CultureInfo.InvariantCulture)) : throw new ArgumentException(value);
            File.AppendAllText(file, "x");
            if (new FileInfo(file).Length <= times)
            {
                return 3;
            }

            break;
        case "ignore-stop":
            ignoreStop = true;
            break;
        case "child":
            using (var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(Program).Assembly.Location, "ignore-stop"]) { UseShellExecute = false })!)
            {
                Console.WriteLine($"child {child.Id}");
            }

            break;
        case "append-at-stop":
            _ = stopping.Task.ContinueWith(_ => File.AppendAllText(value, Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") + "\n"), TaskContinuationOptions.ExecuteSynchronously);
            break;
        default:
            throw new ArgumentException($"Unknown command '{argument}'.");
    }
}

await (ignoreStop ? Task.Delay(Timeout.Infinite) : stopping.Task);
Console.WriteLine("stopped");
return 0;

void Serve(int port)
{
    var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
    listener.Start();
    Console.WriteLine($"listening {port}");
    _ = Task.Run(async () =>
    {
        while (true)
        {
            var context = await listener.GetContextAsync();
            context.Response.StatusCode = healthy ? (int)HttpStatusCode.OK : (int)HttpStatusCode.ServiceUnavailable;
            context.Response.Close();
        }
    });
}
