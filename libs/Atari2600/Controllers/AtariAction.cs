namespace DqnAspire.Atari2600.Controllers;

/// <summary>The 18 things one can do with a joystick, numbered as in ALE.</summary>
public enum AtariAction
{
    /// <summary>Nothing.</summary>
    Noop = 0,

    /// <summary>Button.</summary>
    Fire = 1,

    /// <summary>Up.</summary>
    Up = 2,

    /// <summary>Right.</summary>
    Right = 3,

    /// <summary>Left.</summary>
    Left = 4,

    /// <summary>Down.</summary>
    Down = 5,

    /// <summary>Up and right.</summary>
    UpRight = 6,

    /// <summary>Up and left.</summary>
    UpLeft = 7,

    /// <summary>Down and right.</summary>
    DownRight = 8,

    /// <summary>Down and left.</summary>
    DownLeft = 9,

    /// <summary>Up and button.</summary>
    UpFire = 10,

    /// <summary>Right and button.</summary>
    RightFire = 11,

    /// <summary>Left and button.</summary>
    LeftFire = 12,

    /// <summary>Down and button.</summary>
    DownFire = 13,

    /// <summary>Up, right and button.</summary>
    UpRightFire = 14,

    /// <summary>Up, left and button.</summary>
    UpLeftFire = 15,

    /// <summary>Down, right and button.</summary>
    DownRightFire = 16,

    /// <summary>Down, left and button.</summary>
    DownLeftFire = 17,
}
