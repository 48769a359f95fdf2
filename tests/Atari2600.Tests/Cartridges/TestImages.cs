using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

/// <summary>Images of random bytes, the same in every run: any two banks differ nearly everywhere.</summary>
internal static class TestImages
{
    public static byte[] Random(int size)
    {
        var image = new byte[size];
        new Random(size).NextBytes(image);
        return image;
    }

    public static byte[] For(CartridgeScheme scheme) => Random(scheme switch
    {
        CartridgeScheme.Rom2K or CartridgeScheme.CV => 2048,
        CartridgeScheme.Rom4K => 4096,
        CartridgeScheme.F6 or CartridgeScheme.F6Superchip => 16384,
        CartridgeScheme.E7 or CartridgeScheme.Tigervision3F => 16384,
        CartridgeScheme.F4 or CartridgeScheme.F4Superchip => 32768,
        CartridgeScheme.FA => 12288,
        CartridgeScheme.Dpc => 10495,
        _ => 8192,
    });

    public static byte[] Part(this byte[] image, int start, int length) => image[start..(start + length)];
}
