namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>Launch profiles of projects.</summary>
public sealed class LaunchProfileTests
{
    [Fact]
    public async Task Profile_GivesEndpointVariablesAndArguments()
    {
        await using var test = new TestApplication();
        var project = WriteProject(test, """
            {
              // As editors write it.
              "profiles": {
                "container": { "commandName": "Docker" },
                "local": {
                  "commandName": "Project",
                  "applicationUrl": "http://localhost:5123",
                  "commandLineArgs": "--name \"two words\" last",
                  "environmentVariables": { "MODE": "local", },
                },
              },
            }
            """);
        var service = test.Builder.AddProject("service", project);

        Assert.Equal(5123, service.GetEndpoint("http").EndpointAnnotation.Port);
        var variables = new EnvironmentCallbackContext(test.Builder.ExecutionContext, service.Resource);
        foreach (var annotation in service.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(variables);
        }

        Assert.Equal("local", variables.EnvironmentVariables["MODE"]);
        Assert.Equal("local", variables.EnvironmentVariables["DOTNET_LAUNCH_PROFILE"]);
        var arguments = new CommandLineArgsCallbackContext([], service.Resource);
        foreach (var annotation in service.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(arguments);
        }

        Assert.Equal(["--name", "two words", "last"], arguments.Args);
    }

    [Fact]
    public async Task Profile_ExcludedOrMissing()
    {
        await using var test = new TestApplication();
        var project = WriteProject(test, """{ "profiles": { "local": { "commandName": "Project", "applicationUrl": "http://localhost:5123" } } }""");

        Assert.False(test.Builder.AddProject("without", project, launchProfileName: null).GetEndpoint("http").Exists);
        var exception = Assert.Throws<DistributedApplicationException>(() => test.Builder.AddProject("other", project, launchProfileName: "nightly"));
        Assert.Contains("'nightly'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ThatAreNotJson_AreNamed()
    {
        await using var test = new TestApplication();
        var project = WriteProject(test, "{ profiles }");

        var exception = Assert.Throws<DistributedApplicationException>(() => test.Builder.AddProject("service", project));
        Assert.Contains("launchSettings.json", exception.Message, StringComparison.Ordinal);
    }

    private static string WriteProject(TestApplication test, string settings)
    {
        Directory.CreateDirectory(test.FilePath("Properties"));
        File.WriteAllText(test.FilePath("Properties/launchSettings.json"), settings);
        var project = test.FilePath("Service.csproj");
        File.WriteAllText(project, "<Project />");
        return project;
    }
}
