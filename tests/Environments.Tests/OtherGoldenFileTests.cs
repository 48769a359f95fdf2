namespace DqnAspire.Environments.Tests;

/// <summary>Files of GOLDEN_DIR that no environment here can be checked with: said, not passed over.</summary>
[Trait("Category", "GoldenGym")]
public sealed class OtherGoldenFileTests
{
    /// <summary>A theory must have a case; an empty name stands for "every file is checked".</summary>
    public static TheoryData<string> Files => [.. GoldenFiles.Of(GoldenKind.Other).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_IsOfAKindThatIsChecked(string file)
    {
        if (file.Length > 0)
        {
            var subject = GoldenFiles.EnvironmentId(GoldenFiles.Open(file)) ?? Path.GetFileName(file).Split('.')[0];
            Assert.Skip($"{Path.GetFileName(file)}: no environment of this library plays {subject} yet.");
        }
    }
}
