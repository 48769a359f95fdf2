using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Core.Plugins;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.Plugins;
using DqnAspire.Environments.Tests.State;

namespace DqnAspire.Environments.Tests.Plugins;

/// <summary>The sample environment, loaded from its assembly; and assemblies that cannot be used.</summary>
public sealed class EnvironmentPluginsTests
{
    private const int Columns = 5;

    private static readonly string Catch = Path.Combine(AppContext.BaseDirectory, "plugins", "CatchEnvironment.dll");

    [Fact]
    public void ThePluginsEnvironments_FollowTheKnownOnes()
    {
        var registry = EnvironmentPlugins.Load(BuiltInEnvironments.Registry, Catch);

        Assert.Equal(
            [.. BuiltInEnvironments.Registry.Definitions.Select(d => d.Id), "Catch-v0"],
            registry.Definitions.Select(d => d.Id));
        Assert.Same(BuiltInEnvironments.Registry, EnvironmentPlugins.Load(BuiltInEnvironments.Registry));
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 5)]
    public void Catch_IsWonByFollowingTheBall_AndLostByNotMoving(int speed, int steps)
    {
        var environment = Load().Create([KeyValuePair.Create("speed", $"{speed}")]);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        var columns = new HashSet<int>();
        for (ulong seed = 0; seed < 40; seed++)
        {
            environment.Reset(seed, observation);
            var ball = (int)new Pcg64(seed).Integers(0, Columns);
            columns.Add(ball);
            Assert.Equal([ball, (9 * Columns) + 2], Board());

            Assert.Equal((steps, ball == 2 ? 1 : -1), Play(() => 1));
            environment.Reset(seed, observation);
            Assert.Equal((steps, 1), Play(() => Math.Sign(ball - (Board()[^1] % Columns)) + 1));
        }

        Assert.Equal(Columns, columns.Count);

        (int Steps, double Reward) Play(Func<int> policy)
        {
            for (var step = 1; ; step++)
            {
                var result = environment.Step(policy(), observation);
                if (result.Ended)
                {
                    Assert.True(result.Terminated);
                    return (step, result.Reward);
                }

                Assert.Equal(0, result.Reward);
            }
        }

        int[] Board()
        {
            var board = MemoryMarshal.Cast<byte, float>(observation).ToArray();
            return [.. Enumerable.Range(0, board.Length).Where(cell => board[cell] > 0)];
        }
    }

    [Fact]
    public void Catch_IsSavedAndRestored()
    {
        var definition = Load();
        var lanes = EnvironmentLanes.Create(definition, null, 3, 1, autoReset: true);
        for (var step = 0; step < 25; step++)
        {
            LaneRun.Step(lanes, step);
        }

        var restored = EnvironmentLanes.Create(definition, null, 3, 2, autoReset: true);
        restored.RestoreState(lanes.SaveState());

        for (var step = 25; step < 60; step++)
        {
            Assert.Equal(LaneRun.Step(lanes, step), LaneRun.Step(restored, step));
        }
    }

    [Fact]
    public void AMissingFile_IsNamed() =>
        Refused("nowhere/Game.dll", "There is no assembly 'nowhere/Game.dll' (looked for ");

    [Fact]
    public void AFileThatIsNoAssembly_IsNamed() => WithFile(
        "words only"u8.ToArray(), file => Refused(file, $"'{file}' is not a .NET assembly."));

    [Fact]
    public void AnAssemblyWithoutEnvironments_IsRefused()
    {
        var core = typeof(ObservationSpace).Assembly.Location;
        Refused(
            core,
            $"None of the public classes of '{core}' is an IEnvironmentProvider.");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void AnAssemblyForAnotherVersion_IsRefused(int majorDifference, int minorDifference)
    {
        var here = typeof(EnvironmentDefinition).Assembly.GetName().Version!;
        var other = new Version(here.Major + majorDifference, here.Minor + minorDifference, here.Build, here.Revision);
        WithFile(ReferenceTo("DqnAspire.Environments", other), file => Refused(
            file,
            $"'{file}' was built for DqnAspire.Environments {other.ToString(3)}; this is {here.ToString(3)}. "
                + "Build it for this version."));
    }

    [Fact]
    public void AnIdThatIsTaken_IsRefused()
    {
        var error = Assert.Throws<PluginException>(
            () => EnvironmentPlugins.Load(BuiltInEnvironments.Registry, Catch, Catch));

        Assert.Equal(
            $"'{Catch}' brings an environment 'Catch-v0', but there is one of that id already.", error.Message);
    }

    private static EnvironmentDefinition Load() =>
        EnvironmentPlugins.Load(new EnvironmentRegistry(), Catch).Get("Catch-v0");

    private static void Refused(string path, string message)
    {
        var error = Assert.Throws<PluginException>(
            () => EnvironmentPlugins.Load(BuiltInEnvironments.Registry, path));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void WithFile(byte[] contents, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("dqn-plugin-");
        var file = Path.Combine(folder.FullName, "Plugin.dll");
        File.WriteAllBytes(file, contents);
        test(file);
        folder.Delete(recursive: true);
    }

    /// <summary>An assembly that holds nothing but a reference.</summary>
    private static byte[] ReferenceTo(string name, Version version)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(
            0, metadata.GetOrAddString("Plugin.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(
            metadata.GetOrAddString("Plugin"),
            new Version(1, 0, 0, 0),
            default,
            default,
            default,
            AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(
            default,
            default,
            metadata.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddAssemblyReference(metadata.GetOrAddString(name), version, default, default, default, default);
        var image = new BlobBuilder();
        new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll),
            new MetadataRootBuilder(metadata),
            new BlobBuilder()).Serialize(image);
        return image.ToArray();
    }
}
