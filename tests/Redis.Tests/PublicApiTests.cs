using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

/// <summary>The polyfill has no member that the package lacks, and enums have the package's numbers.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void EveryPublicMemberIsOneOfThePackage()
    {
        var package = Path.Combine(AppContext.BaseDirectory, "package", "StackExchange.Redis.dll");
        Assert.SkipUnless(File.Exists(package), $"The real package was not restored: {package}");
        string[] framework = [.. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll")];
        using var context = new MetadataLoadContext(new PathAssemblyResolver([.. framework, package]));
        var real = context.LoadFromAssemblyPath(package);

        var invented = new List<string>();
        foreach (var type in typeof(ConnectionMultiplexer).Assembly.GetExportedTypes())
        {
            if (real.GetType(type.FullName!) is not { } original || Kind(original) != Kind(type))
            {
                invented.Add($"{Kind(type)} {type}");
                continue;
            }

            var members = original.GetMembers(Declared).Select(DescribeIfKnown).ToHashSet();
            invented.AddRange(type.GetMembers(Declared).Where(IsWritten).Select(Describe).Where(member => !members.Contains(member)).Select(member => $"{type.Name}: {member}"));
        }

        Assert.Equal(string.Empty, string.Join('\n', invented));
    }

    private static string Kind(Type type)
        => $"{(type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class")}{(type.IsSealed ? " sealed" : "")}{(type.IsAbstract ? " abstract" : "")}";

    /// <summary>Overrides of what every object has are no part of the API.</summary>
    private static bool IsWritten(MemberInfo member)
        => member is not MethodInfo { Name: nameof(ToString) or nameof(Equals) or nameof(GetHashCode) } && !member.IsDefined(typeof(CompilerGeneratedAttribute));

    /// <summary>A member whose types are in libraries that are not here is none of ours.</summary>
    private static string? DescribeIfKnown(MemberInfo member)
    {
        try
        {
            return Describe(member);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static string Describe(MemberInfo member) => member switch
    {
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}",
        EventInfo happening => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue()}",
        _ => member.Name,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "")}"));

    private static string Name(Type type) => type.ToString();
}
