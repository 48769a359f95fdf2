using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>The dashboard's page in a real browser.</summary>
public sealed class DashboardPageTests
{
    private const string Chromium = "/usr/bin/chromium";

    // A directory for pictures of the page, to look at; none are taken without it.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("DASHBOARD_PICTURES");

    [Fact]
    public async Task Page_ShowsStatesAndLogs_AndRestarts()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is not installed.");
        await using var test = new TestApplication(dashboard: true);
        var env = test.AddService("env", "http=HTTP_PORT", "say=\u001b[32mgreen\u001b[0m <b>not bold</b>", "complain=something is odd")
            .WithHttpEndpoint(name: "grpc")
            .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http");
        test.AddService("learner", "exit=5").WithReference(env);
        test.AddService("replay", "exit=0").WithHttpEndpoint(name: "grpc");
        test.AddService("eval").WithExplicitStart();
        await test.StartAsync();
        await test.WaitAsync("learner", KnownResourceStates.Exited);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        await page.GotoAsync(test.DashboardAddress.ToString());

        await Expect(page.Locator("#connection-text")).ToHaveTextAsync("Connected");
        await Expect(Row(page, "env")).ToContainTextAsync("Running");
        await Expect(Row(page, "env")).ToContainTextAsync("Healthy");
        await Expect(Row(page, "learner")).ToContainTextAsync("Exited");
        await Expect(Cell(page, "learner", "Exit code")).ToHaveTextAsync("5");
        await Expect(Cell(page, "learner", "Restarts")).ToHaveTextAsync("3");
        await Expect(Row(page, "replay")).ToContainTextAsync("Finished");
        await Expect(Row(page, "eval")).ToContainTextAsync("Not started");
        await Expect(Row(page, "env").GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await PictureAsync(page, "resources");

        await Row(page, "env").GetByRole(AriaRole.Button, new() { Name = "Logs of env" }).ClickAsync();
        await Expect(page.Locator(".line", new() { HasText = "green <b>not bold</b>" })).ToHaveCountAsync(1);
        await Expect(page.Locator(".line.error", new() { HasText = "something is odd" })).ToHaveCountAsync(1);
        await Expect(page.Locator(".line b")).ToHaveCountAsync(0);
        await PictureAsync(page, "logs");

        var first = await test.WaitAsync("env", KnownResourceStates.Running);
        await Row(page, "env").GetByRole(AriaRole.Button, new() { Name = "Restart env" }).ClickAsync();
        await test.WaitAsync("env", snapshot => snapshot.State?.Text == KnownResourceStates.Running && snapshot.StartTimeStamp > first.StartTimeStamp);
        await Expect(page.Locator(".line", new() { HasText = "started " })).ToHaveCountAsync(2);
        await Expect(Row(page, "env")).ToContainTextAsync("Healthy");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("ODD");
        await Expect(page.Locator(".line:visible")).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#logs")).ToBeHiddenAsync();

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await PictureAsync(page, "dark");
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than a narrow screen.");
        await PictureAsync(page, "narrow");
        Assert.Empty(errors);

        await test.Application.StopAsync(TestContext.Current.CancellationToken);
        await Expect(page.Locator("#connection-text")).ToContainTextAsync("Disconnected");
        await PictureAsync(page, "disconnected");
    }

    private static ILocator Row(IPage page, string id) => page.Locator($"tr[data-id='{id}']");

    private static ILocator Cell(IPage page, string id, string label) => Row(page, id).Locator($"td[data-label='{label}']");

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name + ".png") });
        }
    }
}
