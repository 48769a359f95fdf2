namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads what a game's cartridge, picture, controllers and switches are.</summary>
internal static class HardwareReader
{
    /// <summary>Stands where something is to be told from the cartridge.</summary>
    private const string AutoDetect = "AUTO-DETECT";

    private static readonly Dictionary<string, TelevisionFormat> Formats = new()
    {
        ["NTSC"] = TelevisionFormat.Ntsc,
        ["PAL"] = TelevisionFormat.Pal,
    };

    private static readonly Dictionary<string, TelevisionFormat?> FormatsOrDetection = new()
    {
        [AutoDetect] = null,
        ["NTSC"] = TelevisionFormat.Ntsc,
        ["PAL"] = TelevisionFormat.Pal,
    };

    private static readonly Dictionary<string, ControllerKind> Controllers = new()
    {
        ["NONE"] = ControllerKind.None,
        ["JOYSTICK"] = ControllerKind.Joystick,
        ["PADDLES"] = ControllerKind.Paddles,
    };

    private static readonly Dictionary<string, bool> UsesPaddles = new() { ["joystick"] = false, ["paddles"] = true };
    private static readonly Dictionary<string, int> PaddleInputs = new() { ["INPT0"] = 0, ["INPT1"] = 1 };
    private static readonly Dictionary<string, bool> IsDifficultyA = new() { ["A"] = true, ["B"] = false };
    private static readonly Dictionary<string, bool> IsColor = new() { ["COLOR"] = true, ["BLACKANDWHITE"] = false };

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
            fields.Choice("format", FormatsOrDetection),
            fields.Choice("detectedFormat", Formats),
            fields.Flag("phosphor"),
            fields.Flag("hmoveBlanks"));
        fields.Close();
        return display;
    }

    public static ControllerProperties ControllersOf(JsonFields fields)
    {
        var usesPaddles = fields.Choice("type", UsesPaddles);
        var controllers = new ControllerProperties(
            fields.Choice("left", Controllers),
            fields.Choice("right", Controllers),
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
        var switches = new ConsoleSwitches(
            fields.Choice("leftDifficulty", IsDifficultyA),
            fields.Choice("rightDifficulty", IsDifficultyA),
            fields.Choice("televisionType", IsColor));
        fields.Close();
        return switches;
    }

    private static PaddleProperties Paddles(JsonFields fields)
    {
        var lowest = fields.Integer("paddleMin", lowest: 0);
        return new PaddleProperties(lowest, fields.Integer("paddleMax", lowest), fields.Choice("playerAInput", PaddleInputs));
    }
}
