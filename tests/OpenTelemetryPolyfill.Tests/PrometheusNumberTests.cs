using System.Globalization;
using OpenTelemetry.Exporter.Prometheus;

namespace DqnAspire.OpenTelemetryPolyfill.Tests;

/// <summary>Numbers against what Go's %g gives for them.</summary>
public sealed class PrometheusNumberTests
{
    [Theory]
    [InlineData(0, "0", "0.0")]
    [InlineData(-0.0, "-0", "0.0")]
    [InlineData(1, "1", "1.0")]
    [InlineData(-2.5, "-2.5", "-2.5")]
    [InlineData(0.005, "0.005", "0.005")]
    [InlineData(0.1 + 0.2, "0.30000000000000004", "0.30000000000000004")]
    [InlineData(0.0001, "0.0001", "0.0001")]
    [InlineData(0.00001, "1E-05", "1e-05")]
    [InlineData(0.000015, "1.5E-05", "1.5e-05")]
    [InlineData(100_000, "100000", "100000.0")]
    [InlineData(999_999.5, "999999.5", "999999.5")]
    [InlineData(1_000_000, "1000000", "1e+06")]
    [InlineData(-1_234_567.25, "-1234567.25", "-1.23456725e+06")]
    [InlineData(999_999_999_999_999, "999999999999999", "9.99999999999999e+14")]
    [InlineData(1e16, "10000000000000000", "1e+16")]
    [InlineData(1e17, "1E+17", "1e+17")]
    [InlineData(1.5e300, "1.5E+300", "1.5e+300")]
    [InlineData(double.PositiveInfinity, "+Inf", "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf", "-Inf")]
    [InlineData(double.NaN, "NaN", "NaN")]
    public void OfAFloatingPointNumber(double value, string text, string canonical)
    {
        Assert.Equal(text, PrometheusNumber.Text(value));
        Assert.Equal(canonical, PrometheusNumber.Canonical(value));
    }

    [Fact]
    public void ACanonicalNumber_IsReadAsTheSameValue()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(PrometheusNumber.Canonical(value), CultureInfo.InvariantCulture));
            }
        }
    }
}
