using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads what a game's cartridge, picture, controllers and switches are.</summary>
internal static class HardwareReader
{
    /// <summary>Stands where something is to be told from the cartridge.</summary>
    private const string AutoDetect = "AUTO-DETECT";

    public static CartridgeProperties Cartridge(JsonFields fields)
    {
        fields.Skip("inProps", "propsName", "typeInProps", "sizeAndTypeMatchedBy");
        var type = fields.Text("type");
        var cartridge = new CartridgeProperties(
            type == AutoDetect ? null : type,
            fields.Integer("sizeBytes", lowest: 1),
            fields.Text("typeInSoftwareList"));
        fields.Close();
        return cartridge;
    }

    public static DisplayProperties Display(JsonFields fields)
    {
        var display = new DisplayProperties(
            fields.Integer("ystart", lowest: 0),
            fields.Integer("height", lowest: 1),
            fields.Integer("observedHeight", lowest: 1),
            fields.Integer("width", lowest: 1),
            FormatOrDetection(fields, "format"),
            FormatOrDetection(fields, "detectedFormat") ?? throw fields.Unknown("detectedFormat", AutoDetect),
            fields.Flag("phosphor"),
            fields.Flag("hmoveBlanks"));
        fields.Close();
        return display;
    }

    public static ControllerProperties Controllers(JsonFields fields)
    {
        var usesPaddles = fields.Text("type") switch
        {
            "joystick" => false,
            "paddles" => true,
            var other => throw fields.Unknown("type", other),
        };
        var controllers = new ControllerProperties(
            Jack(fields, "left"),
            Jack(fields, "right"),
            fields.Flag("swapPaddles"),
            fields.Flag("swapPorts"),
            usesPaddles ? Paddles(fields) : null);
        if (controllers.UsesPaddles != usesPaddles)
        {
            throw fields.Error("type", "The two jacks say otherwise.");
        }

        fields.Close();
        return controllers;
    }

    public static ConsoleSwitches Switches(JsonFields fields)
    {
        var television = fields.Text("televisionType") switch
        {
            "COLOR" => ConsoleSwitches.None,
            "BLACKANDWHITE" => ConsoleSwitches.BlackWhite,
            var other => throw fields.Unknown("televisionType", other),
        };
        var switches = television
            | Difficulty(fields, "leftDifficulty", ConsoleSwitches.LeftDifficultyA)
            | Difficulty(fields, "rightDifficulty", ConsoleSwitches.RightDifficultyA);
        fields.Close();
        return switches;
    }

    private static TelevisionFormat? FormatOrDetection(JsonFields fields, string name) => fields.Text(name) switch
    {
        AutoDetect => null,
        "NTSC" => TelevisionFormat.Ntsc,
        "PAL" => TelevisionFormat.Pal,
        var other => throw fields.Unknown(name, other),
    };

    private static ControllerType Jack(JsonFields fields, string name) => fields.Text(name) switch
    {
        // A joystick that nobody touches is as good as none.
        "NONE" or "JOYSTICK" => ControllerType.Joystick,
        "PADDLES" => ControllerType.Paddles,
        var other => throw fields.Unknown(name, other),
    };

    private static PaddleProperties Paddles(JsonFields fields)
    {
        var lowest = fields.Integer("paddleMin", lowest: 0);
        var input = fields.Text("playerAInput") switch
        {
            "INPT0" => 0,
            "INPT1" => 1,
            var other => throw fields.Unknown("playerAInput", other),
        };
        return new PaddleProperties(lowest, fields.Integer("paddleMax", lowest), input);
    }

    private static ConsoleSwitches Difficulty(JsonFields fields, string name, ConsoleSwitches atA) =>
        fields.Text(name) switch
        {
            "A" => atA,
            "B" => ConsoleSwitches.None,
            var other => throw fields.Unknown(name, other),
        };
}
